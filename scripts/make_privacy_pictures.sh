#!/bin/sh
# Makes docs/images anew, from the program and drawn faces: the effects and their rims.
#
#   scripts/make_privacy_pictures.sh [BUILD_FOLDER]
set -eu
cd "$(dirname "$0")/.."
build=${1:-build/release}
cmake --build "$build" --parallel 2 --target privacy_pictures
"$build/bench/privacy_pictures" docs/images
