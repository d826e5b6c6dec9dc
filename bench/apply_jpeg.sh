#!/bin/sh
# What hiding in a 12-megapixel JPEG costs, with a plan given: two ratios and the peak memory in one
# run. The work inside one process, on one thread, is the first part; whole commands from a cold
# process, with all that loading a program costs, the second.
#
#   bench/apply_jpeg.sh [BUILD_FOLDER [PICTURE.jpg]]
set -eu
build=$(realpath "${1:-build/release}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -n "${2:-}" ]; then cp "$2" "$folder/in.jpg"; else "$build/tests/cli/draw_picture" 12mp "$folder/in.jpg" 1; fi
cd "$folder"
rounds=${ROUNDS:-9}

"$build/faceveil" plan in.jpg -o plan.json --no-detect --box 400,500,300,380 --box 1500,700,260,330 \
  --box 2600,600,340,420 --box 3300,1800,120,150 >&2

echo "== In one process (medians of processor time)"
i=0
while [ $i -lt $rounds ]; do
  # One repetition after the other: what else the machine does then disturbs all three alike.
  FACEVEIL_BENCH_JPEG=in.jpg "$build/bench/jpeg_benchmark" --benchmark_filter='/0$' \
    --benchmark_min_time=0.1 2>/dev/null
  i=$((i + 1))
done | awk '
  function median(list, n,    i, j, t) {
    for (i = 2; i <= n; i++) for (j = i; j > 1 && list[j] < list[j - 1]; j--) {
      t = list[j]; list[j] = list[j - 1]; list[j - 1] = t
    }
    return list[int((n + 1) / 2)]
  }
  $1 == "decode_and_encode/0" { code = $4 }
  $1 == "decode_and_encode_alike/0" { alike = $4 }
  $1 == "jpegtran_copy_none/0" { tran = $4 }
  $1 == "apply/0" { n++; ours[n] = $4; a[n] = $4 / code; b[n] = $4 / tran
                    c[n] = $4 / alike; d[n] = tran / code }
  END {
    printf "apply: %.1f ms\n", median(ours, n)
    printf "apply / decode and encode at quality 90: %.2f (wanted: at most 0.75)\n", median(a, n)
    printf "apply / decode and encode with the input'"'"'s tables: %.2f\n", median(c, n)
    printf "jpegtran -copy none / decode and encode at quality 90: %.2f\n", median(d, n)
    printf "apply / jpegtran -copy none: %.2f (wanted: at most 1.15)\n", median(b, n)
  }'

echo "== Whole commands (best and median of $rounds, peak memory)"
printf 'faceveil apply:       '
"$build/bench/process_benchmark" $rounds "$build/faceveil" apply plan.json -o out.jpg --force
printf 'jpegtran -copy none:  '
"$build/bench/process_benchmark" $rounds jpegtran -copy none -outfile tran.jpg in.jpg
printf 'djpeg | cjpeg -quality 90:  '
"$build/bench/process_benchmark" $rounds sh -c 'djpeg in.jpg | cjpeg -quality 90 > plain.jpg'
