// Replays a corpus without libFuzzer: every file of the folders named on the command line goes
// through the fuzz target once. A fault stops the process, as it stops the fuzzer.

#include <cstdint>
#include <cstdio>
#include <filesystem>

#include "base/files.h"
#include "base/limits.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

// How many files were replayed; -1 when one could not be read.
int replay_folder(const char* folder) {
  int count = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const auto bytes = faceveil::read_file(entry.path(), faceveil::limits::input_bytes_max);
    if (!bytes) return -1;
    LLVMFuzzerTestOneInput(faceveil::as_u8(*bytes), bytes->size());
    ++count;
  }
  return error ? -1 : count;
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const int count = replay_folder(argv[i]);
    if (count <= 0) {
      std::fprintf(stderr, "%s: no corpus, or one that cannot be read\n", argv[i]);
      return 1;
    }
    std::printf("%s: %d files\n", argv[i], count);
  }
  return argc > 1 ? 0 : 1;
}
