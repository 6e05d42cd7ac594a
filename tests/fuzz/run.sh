#!/usr/bin/env bash
# Builds the libFuzzer targets and runs each over its seeds.
#   tests/fuzz/run.sh RUNS [TARGET...]
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
# Stacks of every allocation and a large quarantine would cost a third of the time.
export ASAN_OPTIONS=malloc_context_size=2:quarantine_size_mb=8
trap 'rm -rf "$work"' EXIT
for binary in build/fuzz/tests/fuzz/fuzz_*; do
    [ -x "$binary" ] && [ -f "$binary" ] || continue
    name=${binary##*/fuzz_}
    if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
    mkdir -p "$work/$name"
    echo "fuzz $name: $runs runs"
    "$binary" -runs="$runs" -seed=1 -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="$work/" "$work/$name" "tests/fuzz/seeds/$name" 2>"$work/$name.log" || {
        tail -n 40 "$work/$name.log"
        cp "$work"/crash-* "$work"/timeout-* "$work"/oom-* . 2>/dev/null || true
        echo "fuzz $name: FAILED, the input is kept here"
        exit 1
    }
    grep -E "stat::(number_of_executed_units|average_exec_per_sec|peak_rss_mb)" "$work/$name.log" | tr '\n' ' '
    echo
done
