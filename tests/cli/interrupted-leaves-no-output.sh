#!/bin/sh
. "$(dirname "$0")/lib.sh"
mkdir many; draw many/p1.png
i=1; while [ $i -lt 60 ]; do i=$((i + 1)); cp many/p1.png many/p$i.png; done
"$FACEVEIL_PROGRAM" hide many --out-dir safe --jobs 1 > out 2> err &
pid=$!
while [ ! -e safe/p1.png ]; do sleep 0.01; done
kill -INT $pid
code=0; wait $pid || code=$?
[ "$code" = 130 ] || fail "exit code $code instead of 130"
done_count=$(ls -A safe | wc -l)
[ "$done_count" -lt 60 ] || fail "it was not interrupted"
expect_text err "Stopped before it was done; nothing was written."
# What is there is whole: the same as an undisturbed run writes.
faceveil hide many/p1.png -o whole.png > out
for file in safe/*; do expect_same "$file" whole.png; done
[ -z "$(ls -A safe | grep -v '^p[0-9]*\.png$')" ] || fail "temporary files are left"
