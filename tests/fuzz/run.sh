#!/usr/bin/env bash
# Builds the libFuzzer targets and runs each over its seeds, as many at a time as there are cores.
#   tests/fuzz/run.sh RUNS [TARGET...]
# SEGUE_FUZZ_SECONDS ends a target earlier; SEGUE_FUZZ_CORPUS is a folder that keeps what was found for the next time;
# SEGUE_FUZZ_SEED (1) begins another sequence. SEGUE_FUZZ_TIMEOUT (5) is how many seconds one input may take; a machine
# whose other work now and then stops this one needs more. Ends with one line per target: name, runs, seconds, runs per
# second.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
runs=${1:-100000}
shift || true
launcher=""
if command -v ccache >/dev/null; then launcher="-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"; fi
cmake --preset fuzz -DBUILD_TESTING=OFF $launcher >/dev/null
cmake --build --preset fuzz -j "$(nproc)" --target fuzzers
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The stack of every allocation and a large quarantine would cost a third of the time; whoever looks into a crash runs
# its input again without these.
export ASAN_OPTIONS=malloc_context_size=0:quarantine_size_mb=8:allocator_release_to_os_interval_ms=-1
export work runs corpus=${SEGUE_FUZZ_CORPUS:-$work}

# As long as the format has use for: time goes into many inputs and not into long ones.
longest() { # TARGET -> bytes
    case $1 in
    words) echo 256 ;;
    checksum_list) echo 512 ;;
    ddpid) echo 160 ;;
    ddpms) echo 768 ;;
    cd_text) echo 900 ;;
    cue) echo 1024 ;;
    pq | fileset) echo 1600 ;;
    *) echo 4096 ;;
    esac
}
one() { # BINARY
    local name=${1##*/fuzz_}
    mkdir -p "$corpus/$name" "$work/$name.found"
    if ! "$1" -runs="$runs" -max_total_time="${SEGUE_FUZZ_SECONDS:-0}" -seed="${SEGUE_FUZZ_SEED:-1}" \
        -max_len="$(longest "$name")" -timeout="${SEGUE_FUZZ_TIMEOUT:-5}" -rss_limit_mb=1024 \
        -print_final_stats=1 -artifact_prefix="$work/$name.found/" "$corpus/$name" \
        "tests/fuzz/seeds/$name" 2>"$work/$name.log"; then
        tail -n 40 "$work/$name.log"
        cp "$work/$name.found"/* . 2>/dev/null || true
        echo "fuzz $name: FAILED, the input is kept here"
        return 255 # ends the others
    fi
    awk -v name="$name" '/^Done [0-9]+ runs/ { done = $2; seconds = $5 }
        /stat::peak_rss_mb/ { rss = $2 }
        END { printf "fuzz %s: %d runs in %d s, %d per second, %d MB\n", name, done, seconds, done / (seconds + !seconds), rss }' \
        "$work/$name.log"
}
export -f one longest
chosen=()
for binary in build/fuzz/tests/fuzz/fuzz_*; do
    [ -x "$binary" ] && [ -f "$binary" ] || continue
    if [ $# -gt 0 ] && [[ " $* " != *" ${binary##*/fuzz_} "* ]]; then continue; fi
    chosen+=("$binary")
done
printf '%s\0' "${chosen[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'one "$1"' one
