#!/usr/bin/env bash
# tier: nightly
# Exports from a file system that really cannot read one byte (FUSE), at 200 places of WAV, FLAC and AIFF sources.
set -uo pipefail
segue=${SEGUE:?the program to test}
here=$(cd "$(dirname "$0")" && pwd)
what="read errors of a FUSE file system at one byte of a source (WAV, FLAC, AIFF)"
say() { printf 'S2\t%s\t%s\t%s\t%s\n' "$what" "$1" "$2" "$3" | tee -a "${SEGUE_FIGURES:-/dev/null}"; }
work=$(mktemp -d)
mounted=0
tidy() {
    cd /
    if [ "$mounted" = 1 ]; then fusermount3 -u "$work/disk" || umount "$work/disk"; fi
    rm -rf "$work"
}
trap tidy EXIT
cd "$work" || exit 1
mkdir sources disk
if ! read -ra fuse < <(pkg-config --cflags --libs fuse3) || ! [ -w /dev/fuse ]; then
    say 0 0 "not run: no FUSE here"
    exit 0
fi
cc -O1 -Wall -Wextra -Werror -o bad_sector_fs "$here/bad_sector_fs.c" "${fuse[@]}" || exit 1
./bad_sector_fs "$work/sources" "$work/control" disk 2>mount.log || {
    say 0 0 "not run: FUSE may not mount here ($(tail -n 1 mount.log))"
    exit 0
}
mounted=1

files=(one.wav two.flac three.aiff)
for file in "${files[@]}"; do
    sox -R -n -r 44100 -b 24 -c 2 "sources/$file" synth 5 whitenoise gain -6 || exit 1
done
"$segue" new Night.segue --quiet && "$segue" add Night.segue disk/one.wav disk/two.flac disk/three.aiff --quiet || exit 1
"$segue" export ddp Night.segue whole --quiet || exit 1

tried=0 wrong=0 placed=0 unread=0
bad() {
    wrong=$((wrong + 1))
    echo "$file, byte $byte: $1" >&2
}
RANDOM=20261
for ((i = 0; i < 201; i++)); do
    file=${files[i % 3]}
    size=$(stat -c %s "sources/$file")
    case $((i / 3)) in
        0) byte=0 ;;
        1) byte=$((size - 1)) ;;
        2) byte=40 ;;
        *) byte=$(((RANDOM * 32768 + RANDOM) % size)) ;;
    esac
    echo "$file $byte" >control
    "$segue" export ddp Night.segue out --quiet >said 2>&1
    code=$?
    tried=$((tried + 1))
    if [ $code -eq 0 ]; then
        # The byte was not needed, or the audio is another; never shorter.
        unread=$((unread + 1))
        diff -rq out whole >/dev/null || bad "another set was delivered"
        rm -rf out out.report.*
        continue
    fi
    [ $code -eq 3 ] || bad "exit code $code"
    if [ -e out ] || [ -n "$(find . -maxdepth 1 -name '.out*')" ]; then bad "something was delivered"; fi
    grep -qF "disk/$file" said || bad "the file is not named: $(cat said)"
    if grep -q ' at [0-9]*:[0-9][0-9]\.[0-9]*' said; then
        placed=$((placed + 1))
    elif ! grep -q header said; then
        bad "no place is named: $(cat said)"
    fi
done
say "$tried" "$wrong" "$placed named with their place, $unread not needed, the others in headers"
[ "$wrong" -eq 0 ] && [ "$placed" -gt 100 ]
