#!/usr/bin/env bash
# How fast the window is: time to the first picture, and the longest time its event loop was held up, with a
# 12-track album of 70 minutes at 24 bit. Prints a table; the bars are 1000 ms and 50 ms on a quiet machine.
#   tests/bench/editor.sh          programs from build/gui (or SEGUE, SEGUE_EDITOR); MINUTES=70 STARTS=5
# ROWS="scan start look export slow"
# Inputs stay in build/bench/editor. The row of a slow disk needs FUSE.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$root/build/gui
export SEGUE=${SEGUE:-$build/segue} SEGUE_EDITOR=${SEGUE_EDITOR:-$build/segue-editor}
tool=$build/tests/bench/bench_make_inputs
for program in "$SEGUE" "$SEGUE_EDITOR" "$tool"; do
    if [ ! -x "$program" ]; then
        echo "$program is not built: cmake --preset gui && cmake --build --preset gui --target segue segue-editor bench_make_inputs" >&2
        exit 2
    fi
done
minutes=${MINUTES:-70}
inputs=$root/build/bench/editor/$minutes
if [ ! -f "$inputs/album.segue" ]; then
    rm -rf "$inputs" && mkdir -p "$inputs"
    "$tool" 44100 "$inputs" "$minutes"
    "$SEGUE" new "$inputs/album.segue" --title Benchmark --performer Nobody "$inputs"/*.wav --quiet
fi
work=$(mktemp -d)
slow=$work/disk
unmount() { fusermount3 -u "$slow" 2>/dev/null || umount "$slow" 2>/dev/null || true; }
trap 'unmount; rm -rf "$work"' EXIT
mount_it() { DELAY_MS=$1 "$work/fs" "$inputs" "$work/no-control" "$slow"; }
mkdir "$slow"
rows=${ROWS:-scan start look export slow}
if [[ " $rows " == *" slow "* ]] && read -ra fuse < <(pkg-config --cflags --libs fuse3) && [ -w /dev/fuse ] &&
    cc -O1 -Wall -Wextra -Werror -o "$work/fs" "$root/tests/torture/bad_sector_fs.c" "${fuse[@]}" && mount_it 0; then
    # The album learns its sources while the disk still answers at once.
    "$SEGUE" new "$work/slow.segue" --title Slow --performer Nobody "$slow"/*.wav --quiet
    unmount
    mount_it 200
else
    slow=
fi
"$root/tests/gui/desk.sh" /usr/bin/env BENCH_ALBUM="$inputs/album.segue" BENCH_SLOW="${slow:+$work/slow.segue}" \
    BENCH_STARTS="${STARTS:-5}" BENCH_ROWS="$rows" NO_AT_BRIDGE=1 /usr/bin/python3 -u "$root/tests/bench/editor.py"
