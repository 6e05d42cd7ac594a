#!/usr/bin/env bash
# tier: release
# T2: do the tests notice a mistake? Makes one small mistake at a time in the code that decides what is pressed
# (mutate.cpp), builds it, and runs the tests: first the room's own, then all that run no program. A mutant that
# does not compile does not count; one that the tests let pass survives. The promise: at least 90 % are killed.
#   tests/torture/T2_mutants.sh [--per-file N] [--seed S] [--jobs J] [--quick] [--again RESULTS] [FILE...]
#     --quick   only the room's own tests (a survivor may still be killed by the others)
#     --again   only the mutants that survived in an earlier run's results
# Results go to build/torture/mutants.tsv: verdict, file, line, the line as it was with the mistake in it.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 1
build=$root/build/headless
perFile=20 seed=1 jobs=$(nproc) quick="" again=""
files=()
while [ $# -gt 0 ]; do
    case $1 in
    --per-file) perFile=$2 && shift ;;
    --seed) seed=$2 && shift ;;
    --jobs) jobs=$2 && shift ;;
    --again) again=$(realpath "$2") && shift ;;
    --quick) quick=yes ;;
    *) files+=("$1") ;;
    esac
    shift
done
if [ ${#files[@]} = 0 ]; then
    files=(ddp/records_{pq,ddpid,map}.cpp ddp/field.cpp ddp/disc_from_pq.cpp ddp/red_book.cpp
        ddp/cd_text_{packs,block,decode,layout,check,rules,run}.cpp ddp/accurate_rip.cpp
        ddp/checksum_{list,check}.cpp src/core/{codes,hash}.cpp src/audio/{quantise,dither}.cpp src/audio/noise.h
        src/album/{cd_marks,timeline,sample_places}.cpp)
fi

cmake --build --preset headless -j "$jobs" --target segue_tests >/dev/null || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
c++ -std=c++23 -O1 tests/torture/mutate.cpp -o "$work/mutate" || exit 1
# The suite's own link command; the mutant's object stands before the libraries and so replaces theirs.
linker=""
if command -v ld.lld >/dev/null; then linker="-fuse-ld=lld -Wl,--threads=1"; fi
link=$(ninja -C "$build" -t commands tests/segue_tests | tail -n 1 | sed 's/^: && //; s/ && cd .*//') || exit 1
export root build work perFile seed quick again linker link

# The sources that are compiled anew for a mistake in this file.
sourcesOf() {
    case $1 in
    src/audio/noise.h) echo src/audio/quantise.cpp src/audio/dither.cpp ;;
    *) echo "$1" ;;
    esac
}
# What the room's own tests are, without those that take seconds and leave the matter to others.
roomTests() {
    case $1 in
    ddp/*) echo "-sf=*/unit/ddp/*,*/unit/core/codes*,*/golden/*" \
        "-tce=every?flipped?bit*,*random?and?damaged?files*,every?recorded?case*" ;;
    src/core/*) echo "-sf=*/unit/core/*" ;;
    src/album/*) echo "-sf=*/unit/album/*" ;;
    src/audio/*) echo "-sf=*/unit/audio/dither*,*/unit/audio/render*,*/reference/*" ;;
    esac
}
# True when the tests pass. A mutant that runs for a minute of the processor or eats all memory is noticed too.
passes() { # SECONDS TESTS FILTER...
    local seconds=$1 tests=$2
    shift 2
    mkdir -p "$here/tmp"
    (
        ulimit -c 0 -t "$seconds" -v 8000000
        cd "$here/tmp" && TMPDIR=$here/tmp SEGUE_TEST_SCALE=${SEGUE_TEST_SCALE:-10} \
            timeout $((seconds * 5)) "$tests" --abort-after=1 --no-intro "$@"
    ) >"$here/log" 2>&1
    local code=$?
    rm -rf "$here/tmp"
    return $code
}
verdict() { # FILE NUMBER -> killed, survived, none (it did not compile)
    local file=$1 objects="" source command
    mkdir -p "$here/src/$(dirname "$file")"
    "$work/mutate" apply "$file" "$2" >"$here/src/$file"
    for source in $(sourcesOf "$file"); do
        command=$(grep -F -- "-c $root/$source\"" "$build/compile_commands.json" | head -n 1 |
            sed 's/^ *"command": "//; s/",$//; s/\\"/"/g; s/-Werror//; s/ -o .*//')
        [ -n "$command" ] || return 1
        local from=$root/$source
        if [ "$source" = "$file" ]; then from=$here/src/$file; fi
        local object=$here/${source//\//_}.o
        # The folders of the mutant come first, so that a header with a mistake is found before the right one.
        (cd "$build" && ${command/ -I/ -I$here/src/src -I$here/src -I} -O0 -g0 -w -o "$object" -c "$from") \
            >/dev/null 2>&1 || { echo none && return; }
        objects+=" $object"
    done
    (cd "$build" && eval "${link/ -o tests\/segue_tests / -o $here/tests $linker -Wl,--strip-debug $objects }") \
        >"$here/log" 2>&1 || { cat "$here/log" >&2 && return 1; }
    local room
    read -ra room <<<"$(roomTests "$file")"
    # Most mistakes are noticed by the tests named like the file, in a moment.
    local nearest=${file##*/}
    nearest=${nearest%%[_.]*}
    if ! passes 60 "$here/tests" "-sf=*/unit/*/$nearest*" "${room[@]:1}"; then echo killed && return; fi
    if ! passes 60 "$here/tests" "${room[@]}"; then echo killed && return; fi
    if [ -n "$quick" ]; then echo survived && return; fi
    if passes 180 "$here/tests" "-sfe=*/unit/cli/*,*/oracle/*"; then echo survived; else echo killed; fi
}
# One file's sample. "equivalent" are those whose reason stands in equivalent_mutants.txt.
sample() { # FILE
    local file=$1 counted=0 number line text what
    here=$work/${file//\//_}
    while IFS=$'\t' read -r number line text; do
        if [ -n "$again" ] && ! grep -qxF "survived	$file	$line	$text" "$again"; then continue; fi
        if [ "$counted" -ge "$perFile" ]; then break; fi
        if awk -F'\t' -v f="$file" -v t="$text" '$1 == "@" f { on = 1; next } /^@/ { on = 0 }
                on && $0 == "  " t { found = 1 } END { exit !found }' tests/torture/equivalent_mutants.txt; then
            printf 'equivalent\t%s\t%s\t%s\n' "$file" "$line" "$text"
            continue
        fi
        what=$(verdict "$file" "$number") || exit 1
        if [ "$what" = none ]; then continue; fi
        counted=$((counted + 1))
        printf '%s\t%s\t%s\t%s\n' "$what" "$file" "$line" "$text"
    done < <("$work/mutate" list "$file" "$seed")
    rm -rf "$here"
}
export -f sourcesOf roomTests passes verdict sample

mkdir -p build/torture
results=build/torture/mutants.tsv
# The tests must pass without a mistake, or every mutant would count as killed.
here=$work/none
if [ -z "$quick" ] && ! passes 600 "$build/tests/segue_tests" "-sfe=*/unit/cli/*,*/oracle/*"; then
    echo "The tests fail without any mistake: see the suite first" >&2
    exit 1
fi
# Written line by line: an interrupted run leaves what it found.
printf '%s\n' "${files[@]}" | xargs -P "$jobs" -I{} bash -c 'sample {}' | tee "$results.part" | cut -c1-200
LC_ALL=C sort -t$'\t' -k2,2 -k3,3n "$results.part" >"$results" && rm "$results.part"

echo
awk -F'\t' '{ n[$2, $1]++; if (!($2 in seen)) order[++files] = $2; seen[$2] = 1 }
    END { for (i = 1; i <= files; ++i) { f = order[i]; k = n[f, "killed"] + 0; s = n[f, "survived"] + 0
              printf "%-28s %4d mutants %4d killed %3d survived %3d equivalent %5.1f %%\n", f, k + s, k, s,
                  n[f, "equivalent"] + 0, k + s ? 100 * k / (k + s) : 100 } }' "$results"
killed=$(grep -c ^killed "$results")
survived=$(grep -c ^survived "$results")
equal=$(grep -c ^equivalent "$results")
tried=$((killed + survived))
echo "$tried mutants, $killed killed, $survived survived, $equal set aside as equivalent"
if [ "$tried" = 0 ] && [ -z "$again" ]; then exit 1; fi
printf 'T2\t%s\t%s\t%s\t%s\n' "mistakes made in the code that decides what is pressed, held against the tests" \
    "$tried" "$survived" "$equal more change nothing; at least 90 % must be noticed" >>"${SEGUE_FIGURES:-/dev/null}"
[ $((killed * 10)) -ge $((tried * 9)) ]
