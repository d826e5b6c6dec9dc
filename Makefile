# The commands of README.md. Everything else is CMake (CMakePresets.json) and npm (package.json).

PORT ?= 8080
HOST ?= 127.0.0.1
PREFIX ?= /usr/local
JOBS ?= $(shell nproc)

.PHONY: run build setup test test-asan tidy format install bench eval clean

run: build
	build/release/faceveil serve --host $(HOST) --port $(PORT)

build: setup
	@test -f build/release/build.ninja || cmake --preset release -DFACEVEIL_TESTS=OFF -DFACEVEIL_BENCH=OFF
	@cmake --build build/release --parallel $(JOBS) --target faceveil

# Installs what is missing with apt and npm; says nothing and asks nobody when all is there.
setup:
	@scripts/setup.sh build

test: setup
	@scripts/setup.sh test
	@scripts/test.sh $(JOBS)

# The same tests of the C++ code under AddressSanitizer and UndefinedBehaviorSanitizer.
test-asan: setup
	@scripts/setup.sh test
	@test -f build/asan/build.ninja || cmake --preset asan
	@cmake --build build/asan --parallel $(JOBS)
	ctest --preset asan --parallel $(JOBS)

tidy: setup
	@scripts/setup.sh test
	@scripts/tidy.sh $(JOBS)

format:
	clang-format -i $$(git ls-files '*.cc' '*.h')

install: build
	cmake --install build/release --prefix $(PREFIX)

bench: setup
	@scripts/setup.sh test
	@bench/run.sh

# Judges the detectors on labelled pictures (FACEVEIL_SHARED, default ../shared): docs/detection.md.
eval: build
	@scripts/eval.sh

clean:
	rm -rf build web/dist
