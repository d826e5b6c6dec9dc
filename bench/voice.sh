#!/bin/sh
# What machines still tell of a changed voice, and whether one still understands it (docs/voice.md).
# Usage: bench/voice.sh [FOLDER] ; FOLDER/SPEAKER/*.flac, default ${FACEVEIL_SHARED:-../shared}/voice.
# Debian's pocketsphinx and pocketsphinx-en-us are wanted for the words; without them only the
# equal error rates are printed. WORDS=all listens to every utterance, else the shortest of each
# speaker.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-${FACEVEIL_SHARED:-../shared}/voice}
program=build/release/bench/voice_evaluation
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$program" "$folder" "$out"
command -v pocketsphinx_batch >/dev/null || { echo "pocketsphinx is not installed: no words"; exit 0; }
model=/usr/share/pocketsphinx/model/en-us
for speaker in $(ls "$out/original" | cut -d- -f1 | sort -u); do
  ls -rS "$out/original/$speaker"-* | { [ "${WORDS:-}" = all ] && cat || head -1; }
done | xargs -n1 basename | sed 's/\.raw$//' >"$out/ids"
for kind in original disguise robot; do
  pocketsphinx_batch -adcin yes -cepdir "$out/$kind" -cepext .raw -ctl "$out/ids" \
    -hmm $model/en-us -lm $model/en-us.lm.bin -dict $model/cmudict-en-us.dict \
    -fwdflat no -bestpath no -maxhmmpf 5000 -hyp "$out/$kind.hyp" -logfn "$out/log" >"$out/said" 2>&1
  printf '%s, words: ' $kind
  "$program" --wer "$out/original.hyp" "$out/$kind.hyp"
done
