#!/usr/bin/env bash
# Drives the real editor on a screen of its own: every g*.py here.
#   tests/gui/run.sh [quick|nightly] [NAME...]      NAME as in g1, g3
# Programs come from build/gui (or SEGUE, SEGUE_EDITOR); logs and a picture of each failure go to build/gui/tests.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
export SEGUE_TIER=${1:-quick}
shift || true
build=$root/build/gui
export SEGUE=${SEGUE:-$build/segue} SEGUE_EDITOR=${SEGUE_EDITOR:-$build/segue-editor}
for program in "$SEGUE" "$SEGUE_EDITOR"; do
    if [ ! -x "$program" ]; then
        echo "$program is not built: cmake --preset gui && cmake --build --preset gui --target segue-editor segue make_sample_album" >&2
        exit 2
    fi
done
export SEGUE_SAMPLE=${SEGUE_SAMPLE:-$build/sample-album}
"$root/tests/gui/sample.sh" "$SEGUE" "$build/samples/make_sample_album" "$SEGUE_SAMPLE" || exit 1
out=$build/tests
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
