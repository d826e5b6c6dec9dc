# Shared by the scenario scripts: a fresh folder, the program, drawn pictures. Each script is one
# behaviour; its name says which.
set -eu
: "${FACEVEIL_PROGRAM:?path of the program}" "${FACEVEIL_DRAW:?path of draw_picture}"
export FACEVEIL_LANG=en
work=$(mktemp -d)
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work"

faceveil() { "$FACEVEIL_PROGRAM" "$@"; }

# draw FILE [SEED]: a drawn group of three faces in the format of the file's extension.
# draw_landscape FILE: a picture without a face.
draw() { "$FACEVEIL_DRAW" group "$1" "${2:-1}"; }
draw_landscape() { "$FACEVEIL_DRAW" landscape "$1" 1; }
# draw_sound FILE SECONDS: a sung vowel as a WAV file of 16 bits at 16 kHz.
draw_sound() { "$FACEVEIL_DRAW_SOUND" "$1" "$2"; }

fail() { echo "FAILED: $*" >&2; exit 1; }

# expect_exit CODE COMMAND...: standard output in ./out, standard error in ./err.
expect_exit() {
  wanted=$1; shift
  code=0; "$@" >out 2>err || code=$?
  [ "$code" = "$wanted" ] || fail "exit code $code instead of $wanted: $* ($(cat err))"
}
expect_text() { grep -qF -- "$2" "$1" || fail "\"$2\" is not in $1: $(cat "$1")"; }
expect_no_file() { [ ! -e "$1" ] || fail "$1 exists"; }
expect_same() { cmp -s "$1" "$2" || fail "$1 and $2 differ"; }
expect_different() { ! cmp -s "$1" "$2" || fail "$1 and $2 are the same"; }
# Nothing but the named files is in the folder.
expect_only() {
  listing=$(ls -A | grep -vx -e out -e err | sort | tr '\n' ' ')
  wanted=$(printf '%s\n' "$@" | sort | tr '\n' ' ')
  [ "$listing" = "$wanted" ] || fail "files are \"$listing\" instead of \"$wanted\""
}
