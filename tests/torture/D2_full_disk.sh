#!/usr/bin/env bash
# tier: nightly
# Saves and exports onto real disks that are too small: tmpfs of 20 sizes, empty and over an older version.
set -uo pipefail
segue=${SEGUE:?the program to test}
say() { printf 'D2\t%s\t%s\t%s\t%s\n' "$@" | tee -a "${SEGUE_FIGURES:-/dev/null}"; }
# In a mount namespace of its own, so that nothing stays mounted whatever happens here.
if [ "${1:-}" != inside ]; then
    if ! unshare -m true 2>/dev/null; then
        say "outputs on full disks" 0 0 "not run: needs root and mount namespaces"
        exit 0
    fi
    exec unshare -m "$0" inside
fi
work=$(mktemp -d)
trap 'cd /; umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir disk
if ! { mount -t tmpfs -o size=64k none disk && umount disk; }; then
    say "outputs on full disks" 0 0 "not run: tmpfs may not be mounted"
    exit 0
fi

sox -R -n -r 44100 -b 24 -c 2 noise.wav synth 4.2 whitenoise gain -6 || exit 1
"$segue" new Night.segue --quiet && "$segue" add Night.segue noise.wav --quiet || exit 1
failed=0
bad() {
    wrong=$((wrong + 1))
    echo "$what, $size KiB: $1" >&2
    cat said >&2
}
end() {
    say "$what" "$tried" "$wrong" "$done done, $full refused as too full"
    if [ "$wrong" -ne 0 ] || [ "$done" -eq 0 ] || [ "$full" -eq 0 ]; then failed=1; fi
}
# What must hold after the order ended with $code: all of `meant` below disk, or all of `before` and a word on why.
judge() { # MEANT BEFORE
    tried=$((tried + 1))
    if [ "$code" -eq 0 ]; then
        done=$((done + 1))
        diff -rq "$1" disk >/dev/null || bad "done, but not all is there"
    else
        full=$((full + 1))
        [ "$code" -eq 3 ] || bad "exit code $code"
        grep -q "too full\|the disk is full" said || bad "does not say that the disk is full"
        diff -rq "$2" disk >/dev/null || bad "not everything is as it was"
    fi
}

mkdir nothing
for format in ddp wav cue toc; do
    name=OUT
    if [ $format != ddp ]; then name=OUT.$format; fi
    mkdir "old-$format" "new-$format"
    # The report names its folder, so the models are made under the very path.
    for which in old new; do
        mount -t tmpfs -o size=64m none disk || exit 1
        seed=1
        if [ $which = new ]; then seed=2; fi
        "$segue" export $format Night.segue "disk/$name" --seed $seed --quiet || exit 1
        cp -a disk/. "$which-$format/"
        umount disk
    done
    kib=$(du -sk --apparent-size "new-$format" | cut -f 1)
    for over in nothing "old-$format"; do
        what="tmpfs of 20 sizes, export $format"
        options=()
        room=0
        if [ "$over" != nothing ]; then
            what="$what over an older one"
            options=(--replace)
            room=$((kib + 40))
        fi
        # The DDP export keeps 4 MiB free for its small files.
        most=$((room + kib + kib / 8 + 64))
        if [ $format = ddp ]; then most=$((most + 4096)); fi
        tried=0 wrong=0 done=0 full=0
        for ((i = 0; i < 20; i++)); do
            size=$((room + 256 + (most - room - 256) * i / 19))
            mount -t tmpfs -o "size=${size}k" none disk || exit 1
            cp -a "$over/." disk/ || exit 1
            "$segue" export $format Night.segue "disk/$name" --seed 2 --quiet "${options[@]}" >said 2>&1
            code=$?
            judge "new-$format" "$over"
            umount disk
        done
        end
    done
done

# A project of 99 tracks, changed where only so many KiB are free. The old version becomes the backup.
cp Night.segue big.segue
for ((i = 1; i < 99; i++)); do echo noise.wav; done | xargs "$segue" add big.segue --quiet || exit 1
mkdir old-save new-save
mount -t tmpfs -o size=64m none disk || exit 1
cp big.segue disk/
cp disk/big.segue old-save/
"$segue" set disk/big.segue --title "Another title" --quiet || exit 1
cp disk/* new-save/
umount disk
kib=$(du -sk old-save | cut -f 1)
what="tmpfs of 20 sizes, save of a project of 99 tracks"
tried=0 wrong=0 done=0 full=0
for ((i = 0; i < 20; i++)); do
    size=$((kib + 4 * (i * (kib / 4 + 4) / 19)))
    mount -t tmpfs -o "size=${size}k" none disk || exit 1
    cp old-save/big.segue disk/ || exit 1
    "$segue" set disk/big.segue --title "Another title" --quiet >said 2>&1
    code=$?
    judge new-save old-save
    umount disk
done
end
exit $failed
