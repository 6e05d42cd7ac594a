#!/usr/bin/env bash
# tier: nightly
# Kills `segue set` at every one of its system calls, the loader's included, for five sizes of project.
set -uo pipefail
segue=${SEGUE:?the program to test}
what="system calls of a save killed, 5 project sizes"
say() { printf 'K1\t%s\t%s\t%s\t%s\n' "$what" "$1" "$2" "$3" | tee -a "${SEGUE_FIGURES:-/dev/null}"; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! strace -o /dev/null true 2>/dev/null; then
    say 0 0 "not run: strace is missing or may not trace here"
    exit 0
fi

tried=0 lost=0 old=0 new=0
bad() {
    lost=$((lost + 1))
    echo "tracks $tracks, $call number $n: $1" >&2
}
for tracks in 1 4 12 40 99; do
    base=$work/base$tracks
    mkdir -p "$base"
    # The same second of noise under every track; only the project's size counts here.
    head -c 176400 /dev/urandom | sox -t raw -r 44100 -e signed -b 16 -c 2 - "$base/noise.wav" pad 0 3
    (cd "$base" && "$segue" new Night.segue --quiet && for ((i = 1; i <= tracks; i++)); do echo noise.wav; done |
        xargs "$segue" add Night.segue --quiet) || exit 1
    cp "$base/Night.segue" "$work/old"
    cp "$base/Night.segue" "$base/after.segue"
    (cd "$base" && "$segue" set after.segue --title "Another title" --quiet) || exit 1
    mv "$base/after.segue" "$work/new"
    rm -f "$base"/*.bak
    save=("$segue" set Night.segue --title "Another title" --quiet)
    reset() {
        find "$base" -mindepth 1 -name '*segue*' -delete
        cp "$work/old" "$base/Night.segue"
    }
    cd "$base" || exit 1
    reset
    strace -f -o "$work/trace" "${save[@]}" || exit 1
    cmp -s Night.segue "$work/new" || { echo "the save is not reproducible" >&2; exit 1; }
    # "123 openat(..." or "123 <... openat resumed>": only beginnings count.
    while read -r count call; do
        for ((n = 1; n <= count; n++)); do
            reset
            # In a shell of its own, whose word on the killed child nobody needs.
            (strace -f -o /dev/null -e "trace=$call" -e "inject=$call:signal=KILL:when=$n" "${save[@]}"; true) >/dev/null 2>&1
            tried=$((tried + 1))
            if cmp -s Night.segue "$work/old"; then
                old=$((old + 1))
            elif cmp -s Night.segue "$work/new"; then
                new=$((new + 1))
                cmp -s Night.segue.bak "$work/old" || bad "the old project was not kept"
            else
                bad "neither the old nor the new project"
            fi
            for name in .[!.]* *; do
                case $name in
                    noise.wav | Night.segue | Night.segue.bak | .Night.segue.tmp-* | .Night.segue.bak-* | '.[!.]*') ;;
                    *) bad "a stray file: $name" ;;
                esac
            done
            # The next save reads what is there, so it must parse, too.
            "$segue" set Night.segue --title "Third title" --quiet 2>/dev/null || bad "the next save failed"
        done
    done < <(sed -nE 's/^[0-9]+ +([a-z_0-9]+)\(.*/\1/p' "$work/trace" | grep -vx 'exit_group\|execve' | sort | uniq -c)
done
say "$tried" "$lost" "$old left the old project, $new the new one"
[ "$lost" -eq 0 ] && [ "$tried" -gt 500 ] && [ "$new" -gt 0 ]
