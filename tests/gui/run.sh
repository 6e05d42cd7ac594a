#!/usr/bin/env bash
# Drives the real editor on a screen of its own: every g*.py here.
#   tests/gui/run.sh [quick|nightly] [NAME...]      NAME as in g1, g3
# The programs are those of build/gui, or of the build tree SEGUE_BUILD, as build/gui-asan; logs, and a picture of each
# failure, go to tests-gui there.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
export SEGUE_TIER=${1:-quick}
shift || true
case $SEGUE_TIER in quick | nightly | release) ;; *)
    echo "The tier is quick, nightly or release, not \"$SEGUE_TIER\"" >&2
    exit 2
    ;;
esac
cd "$root" || exit 1
build=$(realpath -m "${SEGUE_BUILD:-build/gui}")
export SEGUE=${SEGUE:-$build/segue} SEGUE_EDITOR=${SEGUE_EDITOR:-$build/segue-editor}
for program in "$SEGUE" "$SEGUE_EDITOR"; do
    if [ ! -x "$program" ]; then
        echo "$program is not built: cmake --preset gui && cmake --build --preset gui --target segue-editor segue" >&2
        exit 2
    fi
done
export SEGUE_SAMPLE=${SEGUE_SAMPLE:-$build/sample-album}
"$root/tests/gui/sample.sh" "$SEGUE" "$SEGUE_SAMPLE" "$build" || exit 1
out=$build/tests-gui
mkdir -p "$out"
failed=0
for test in "$root"/tests/gui/g[0-9]*.py; do
    name=$(basename "$test" .py)
    if [ $# -gt 0 ] && [[ " $* " != *" ${name%%_*} "* ]]; then continue; fi
    from=$(sed -n 's/^# tier: //p' "$test")
    if [ "$SEGUE_TIER" = quick ] && [ "$from" = nightly ]; then continue; fi
    start=$SECONDS
    echo "== $name"
    if SEGUE_GUI_SHOT=$out/$name.png "$root/tests/gui/desk.sh" /usr/bin/python3 -u "$test" >"$out/$name.log" 2>&1; then
        grep '^   ok' "$out/$name.log"
    else
        failed=1
        grep -v '^dbus-daemon' "$out/$name.log" | tail -n 60
        echo "   FAILED after $((SECONDS - start)) s; see $out/$name.log and $name.png"
    fi
done
exit "$failed"
