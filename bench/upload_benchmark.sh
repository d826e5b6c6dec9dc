#!/bin/sh
# Starts the program's own server on a free port and measures POST /upload (upload_benchmark.cc).
#
#   bench/upload_benchmark.sh [BUILD_FOLDER [JPEG]]
#
# Exit status: 0 when the promised ratio is kept, 1 when not, 2 when nothing could be measured.
set -eu
build=${1:-build/release}
folder=$(mktemp -d)
server=
finish() {
  test -z "$server" || kill "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 2' INT TERM

: >"$folder/out"  # Here at once; the server may take a while.
FACEVEIL_LANG=en "$build/faceveil" serve --port 0 >"$folder/out" 2>"$folder/log" &
server=$!
port=
tries=0
while test -z "$port"; do
  port=$(sed -n 's|.*http://127\.0\.0\.1:\([0-9]*\).*|\1|p' "$folder/out")
  tries=$((tries + 1))
  if test $tries -gt 100 || ! kill -0 "$server" 2>/dev/null; then
    echo "The server did not start:" >&2
    cat "$folder/log" >&2
    exit 2
  fi
  test -n "$port" || sleep 0.1
done

if test $# -ge 2; then
  "$build/bench/upload_benchmark" "$port" "$2"
else
  "$build/bench/upload_benchmark" "$port"
fi
