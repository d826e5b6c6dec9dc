#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.jpg
printf 'THE-TAIL-OF-THE-INPUT' >> a.jpg
draw_landscape b.png
expect_exit 0 faceveil hide a.jpg b.png --out-dir safe --effect mosaic --second-look balanced \
  --report r.json --report r.html
for text in "$(sha256sum < a.jpg | cut -c1-64)" "$(sha256sum < safe/a.jpg | cut -c1-64)" \
    "$(sha256sum < safe/b.png | cut -c1-64)"; do
  expect_text r.json "$text"
  expect_text r.html "$text"
done
for text in '"models": [' '"remains": "bounded"' '"n_eq": 6' '"kind": "trailing_bytes"' \
    '"check": "locality"' '"outcome": "clean"' '"clean": true'; do
  expect_text r.json "$text"
done
expect_text r.html "at most 6 x 6 values remain"
expect_text r.html "default-src 'none'"
! grep -q -e "<script" -e "THE-TAIL" r.html || fail "a script or the input's bytes are in the page"
! grep -q "THE-TAIL" r.json || fail "the input's bytes are in the report"
# Every picture of the page is one of an output: remade, it is the same.
faceveil hide safe/a.jpg -o again.jpg --no-detect --report again.html >out
grep -o 'base64,[A-Za-z0-9+/=]*' again.html > again
grep -qF -f again r.html || fail "the page's picture is not the output's"
