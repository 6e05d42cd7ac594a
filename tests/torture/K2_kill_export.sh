#!/usr/bin/env bash
# tier: nightly
# Kills `segue export ddp` by system call and at random moments, over nothing and over an existing set.
set -uo pipefail
segue=${SEGUE:?the program to test}
say() { printf 'K2\t%s\t%s\t%s\t%s\n' "$@" | tee -a "${SEGUE_FIGURES:-/dev/null}"; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
RANDOM=20261

sox -R -n -r 44100 -b 24 -c 2 noise.wav synth 4.2 whitenoise gain -6 || exit 1
"$segue" new Night.segue --quiet && "$segue" add Night.segue noise.wav --quiet || exit 1
# Two sets that differ in their dither; what an uninterrupted export of each gives, to compare with.
for seed in 1 2; do
    mkdir "whole$seed"
    "$segue" export ddp Night.segue "whole$seed/OUT" --seed "$seed" --quiet || exit 1
done
mkdir run
order=("$segue" export ddp Night.segue run/OUT --seed 2 --threads 1 --quiet)
bad() {
    lost=$((lost + 1))
    echo "$what, $point: $1" >&2
}
reset() {
    rm -rf run
    mkdir run
    if [ "$over" = 1 ]; then cp -a whole1/. run/; fi
}
# The oracle: what stands under the final name is whole, and whatever else is left is named next time.
judge() {
    tried=$((tried + 1))
    if [ ! -e run/OUT ]; then
        none=$((none + 1))
        if [ "$over" = 1 ]; then bad "the old set is gone"; fi
    elif diff -rq run/OUT whole2/OUT >/dev/null; then
        new=$((new + 1))
    elif [ "$over" = 1 ] && diff -rq run/OUT whole1/OUT >/dev/null; then
        old=$((old + 1))
    else
        bad "a half set"
    fi
    if [ -e run/OUT ] && ! "$segue" verify run/OUT --quiet >/dev/null 2>&1; then bad "the set does not verify"; fi
    # A set whose report does not fit (the kill came between the two names) is moved away, as the user is told.
    "$segue" export ddp Night.segue run/OUT --replace --quiet >next 2>&1 ||
        { rm -rf run/OUT; "$segue" export ddp Night.segue run/OUT --replace --quiet >next 2>&1 || bad "the next export fails"; }
    for left in run/.[!.]*; do
        [ -e "$left" ] || continue
        # --quiet keeps warnings to itself; the report has them.
        grep -qF "$left" run/OUT.report.txt || bad "$left is not named"
    done
}
end() {
    say "$what" "$tried" "$lost" "$none left nothing, $old the old set, $new the new one"
    if [ "$lost" -ne 0 ]; then failed=1; fi
}
begin() { tried=0 lost=0 none=0 old=0 new=0; }

failed=0
if strace -o /dev/null true 2>/dev/null; then
    for over in 0 1; do
        what="system calls of an export killed"
        if [ "$over" = 1 ]; then
            what="system calls of a re-export killed"
            order+=(--replace)
        fi
        begin
        reset
        strace -f -o trace "${order[@]}" || exit 1
        while read -r count call; do
            # Calls that change names and every file's end each; of the many others about twenty a kind.
            step=1
            case $call in
                *rename* | *link* | *dir | fsync | ftruncate | fallocate) ;;
                *) step=$((count / 20 + 1)) ;;
            esac
            for ((n = 1; n <= count; n += step)); do
                point="$call number $n"
                reset
                (strace -f -o /dev/null -e "trace=$call" -e "inject=$call:signal=KILL:when=$n" "${order[@]}"; true) >/dev/null 2>&1
                judge
            done
        done < <(sed -nE 's/^[0-9]+ +([a-z_0-9]+)\(.*/\1/p' trace | grep -vx 'exit\|exit_group\|execve\|restart_syscall' | sort | uniq -c)
        end
    done
else
    say "system calls of an export killed" 0 0 "not run: strace is missing or may not trace here"
    order+=(--replace)
fi

over=1
what="re-exports killed at random moments, all threads"
order=("$segue" export ddp Night.segue run/OUT --seed 2 --replace --quiet)
begin
reset
start=$(date +%s%N)
"${order[@]}" || exit 1
took=$((($(date +%s%N) - start) / 1000))
for ((i = 0; i < 250; i++)); do
    us=$(((RANDOM * 32768 + RANDOM) % (took * 11 / 10)))
    point="after $us us"
    reset
    (timeout -s KILL "$(printf '0.%06d' "$us")" "${order[@]}"; true) >/dev/null 2>&1
    judge
done
end

# The same with parts taken from an image that an earlier export described in the cache.
what="re-exports that take from an earlier image killed at random moments"
sox -R -n -r 44100 -b 24 -c 2 noise2.wav synth 4.4 pinknoise gain -6 || exit 1
"$segue" new Day.segue --quiet && "$segue" add Day.segue noise.wav noise2.wav --quiet || exit 1
rm -rf whole1 whole2 && mkdir whole1 whole2 first
cp Day.segue Day2.segue && "$segue" set Day2.segue -t 2 --gain -0.5 --quiet || exit 1
"$segue" export ddp Day.segue whole1/OUT --seed 1 --quiet && "$segue" export ddp Day2.segue whole2/OUT --quiet || exit 1
export XDG_CACHE_HOME=$work/cache
"$segue" export ddp Day.segue first/OUT --quiet || exit 1
cp -a cache cache.first
order=("$segue" export ddp Day2.segue run/OUT --replace --quiet)
begin
reset
start=$(date +%s%N)
"${order[@]}" || exit 1
took=$((($(date +%s%N) - start) / 1000))
grep -q DELIVER.EARLIER_IMAGE run/OUT.report.json && exit 1
for ((i = 0; i < 250; i++)); do
    us=$(((RANDOM * 32768 + RANDOM) % (took * 11 / 10)))
    point="after $us us"
    reset
    rm -rf cache && cp -a cache.first cache
    (timeout -s KILL "$(printf '0.%06d' "$us")" "${order[@]}"; true) >/dev/null 2>&1
    judge
done
end
exit $failed
