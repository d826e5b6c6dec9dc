#!/bin/sh
. "$(dirname "$0")/lib.sh"
expect_exit 0 faceveil models
grep -q 'sha256 99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3' out || fail "$(cat out)"
expect_exit 0 faceveil models --json
grep -q '"name": "ultra-light-320"' out || fail "$(cat out)"
grep -q '"licence": "MIT"' out || fail "$(cat out)"
