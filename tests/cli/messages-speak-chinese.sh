#!/bin/sh
. "$(dirname "$0")/lib.sh"
draw a.jpg
expect_exit 0 faceveil --lang zh hide a.jpg
expect_text out "已遮挡 3 张人脸"
expect_exit 1 env FACEVEIL_LANG=zh_CN.UTF-8 "$FACEVEIL_PROGRAM" hide none.jpg
expect_text err "none.jpg: 没有这个文件。"
expect_exit 0 faceveil --lang zh --help
expect_text out "遮挡"
