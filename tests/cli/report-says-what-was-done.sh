#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.jpg
expect_exit 1 faceveil hide a.jpg none.jpg --out-dir safe --report report.json
expect_text report.json '"status": "hidden"'
expect_text report.json '"status": "failed"'
expect_text report.json "\"input_sha256\": \"$(sha256sum < a.jpg | cut -c1-64)\""
expect_text report.json "\"output_sha256\": \"$(sha256sum < safe/a.jpg | cut -c1-64)\""
