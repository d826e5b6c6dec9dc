#!/bin/sh
# What hiding in a film costs against decoding and encoding it alone with the same libraries (ffmpeg,
# same preset, quality and threads): 1920 x 1080, H.264, 30 pictures a second, balanced search.
#
#   bench/film.sh [BUILD_FOLDER [FILM]]
#
# Without FILM: a film drawn by lot (draw_film), and where FACEVEIL_SHARED is set three seconds with a
# cut of a dark hall as well, enlarged. CORES (2) and ROUNDS (3) may be set. Commands are run in turn,
# round after round; ratios are medians of those within a round. "Waiting" is the share of the
# processors' time for which the command had no thread that could run (film_run.cc): it says the same
# on a busy machine, wall time does not.
set -eu
build=$(realpath "${1:-build/release}")
film=${2:+$(realpath "$2")}
cores=${CORES:-2}
rounds=${ROUNDS:-3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
export FACEVEIL_MODEL_DIR="${FACEVEIL_MODEL_DIR:-$build/models}" FACEVEIL_LANG=en
cd "$folder"

# OUTPUT INPUT_OPTION...
encode() {
  output=$1
  shift
  ffmpeg -v error -y "$@" -an -pix_fmt yuv420p -c:v libx264 -preset medium -crf 18 "$output"
}

# NAME COMMAND...: one line, "NAME WALL CPU MB WAITING".
measure() {
  name=$1
  shift
  status=0
  line=$("$build/bench/film_run" "$cores" "$@" 2>errors) || status=$?
  # 3: a finding stayed in sight, and was accepted.
  if [ $status -ne 0 ] && [ $status -ne 3 ]; then cat errors >&2; exit 2; fi
  echo "$name $line"
}

measure_film() {
  pictures=$(ffprobe -v error -count_packets -select_streams v:0 -show_entries stream=nb_read_packets \
    -of csv=p=0 "$1")
  echo "== $2: $pictures pictures, $rounds rounds, $cores cores"
  round=0
  while [ $round -lt "$rounds" ]; do
    measure alone ffmpeg -v error -y -threads "$cores" -i "$1" -an -c:v libx264 -preset veryfast \
      -crf 20 -threads "$cores" alone.mp4
    measure decode ffmpeg -v error -y -threads "$cores" -i "$1" -an -f null -
    measure plan "$build/faceveil" plan "$1" -o plan.json --force
    measure apply "$build/faceveil" apply plan.json -o out.mp4 --force --preset veryfast --second-look none
    measure hide "$build/faceveil" hide "$1" -o out.mp4 --force --preset veryfast --accept-findings
    round=$((round + 1))
  done | tee rounds | sed 's/^/  /' >&2
  awk -v pictures="$pictures" '
    function median(list, n,    i, j, t) {
      for (i = 2; i <= n; i++) for (j = i; j > 1 && list[j] < list[j - 1]; j--) {
        t = list[j]; list[j] = list[j - 1]; list[j - 1] = t
      }
      return list[int((n + 1) / 2)]
    }
    $1 == "alone" { n++ }
    { wall[$1, n] = $2; cpu[$1, n] = $3; peak[$1, n] = $4; idle[$1, n] = $5 }
    function middle(kind, name,    i, list) {
      for (i = 1; i <= n; i++) {
        if (kind == "wall") list[i] = wall[name, i] / wall["alone", i]
        if (kind == "cpu") list[i] = cpu[name, i] / cpu["alone", i]
        if (kind == "idle") list[i] = idle[name, i]
        if (kind == "peak") list[i] = peak[name, i]
        if (kind == "rate") list[i] = pictures / wall[name, i]
        if (kind == "work") list[i] = 1000 * cpu[name, i] / pictures
      }
      return median(list, n)
    }
    END {
      count = split("alone decode plan apply hide", names, " ")
      printf "%-8s %12s %12s %16s %14s %10s %8s\n", "", "wall ratio", "cpu ratio", "cpu ms/picture", "pictures/s", "waiting %", "MB"
      for (i = 1; i <= count; i++) {
        name = names[i]
        printf "%-8s %12.2f %12.2f %16.1f %14.1f %10.1f %8.0f\n", name, middle("wall", name), middle("cpu", name), \
          middle("work", name), middle("rate", name), middle("idle", name), middle("peak", name)
      }
      print "wanted: hide at most 1.6 (wall), plan at least 60 pictures/s, waiting at most 5 %"
    }' rounds
}

if [ -n "$film" ]; then
  measure_film "$film" "$(basename "$film")"
  exit 0
fi
"$build/bench/draw_film" 7 90 |
  encode drawn.mp4 -f rawvideo -pixel_format rgb24 -video_size 1920x1080 -framerate 30 -i -
measure_film drawn.mp4 "drawn by lot"
hall="${FACEVEIL_SHARED:-}/video/face_recognition_short_hamilton_clip.mp4"
if [ -f "$hall" ]; then
  encode hall.mp4 -ss 2 -i "$hall" -frames:v 90 -vf scale=1920:1080:flags=lanczos -r 30
  measure_film hall.mp4 "a dark hall, enlarged"
fi
