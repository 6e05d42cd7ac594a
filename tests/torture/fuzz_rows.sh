#!/usr/bin/env bash
# What P1 and P2 share: fuzzes parsers and writes one figure for each.
#   fuzz_rows.sh ID TARGET...
# nightly: 10^6 runs each, but no more than SEGUE_FUZZ_SECONDS (240); release: 10^7 runs each. What was found is kept
# in build/torture/corpus, and the next run begins with it and with another sequence.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
id=$1
shift
cd "$root"
runs=1000000
export SEGUE_FUZZ_SECONDS=${SEGUE_FUZZ_SECONDS:-240}
if [ "${SEGUE_TIER:-nightly}" = release ]; then
    runs=10000000
    export SEGUE_FUZZ_SECONDS=0
fi
export SEGUE_FUZZ_CORPUS=$root/build/torture/corpus
mkdir -p "$SEGUE_FUZZ_CORPUS"
counter=$SEGUE_FUZZ_CORPUS/seed
SEGUE_FUZZ_SEED=$(($(cat "$counter" 2>/dev/null || echo 0) + 1))
export SEGUE_FUZZ_SEED
echo "$SEGUE_FUZZ_SEED" >"$counter"
lines=$(tests/fuzz/run.sh "$runs" "$@" 2>&1)
status=$?
echo "$lines"
for target in "$@"; do
    line=$(grep "^fuzz $target: " <<<"$lines" || true)
    if [[ $line =~ ^fuzz\ $target:\ ([0-9]+)\ runs\ in\ ([0-9]+)\ s,\ ([0-9]+)\ per\ second,\ ([0-9]+)\ MB ]]; then
        hours=$(awk -v s="${BASH_REMATCH[2]}" 'BEGIN { printf "%.2f", s / 3600 }')
        printf '%s\tfuzzed inputs, parser %s\t%s\t0\t%s per second, %s hours, at most %s MB; ASan, UBSan\n' "$id" \
            "$target" "${BASH_REMATCH[1]}" "${BASH_REMATCH[3]}" "$hours" "${BASH_REMATCH[4]}"
    else
        printf '%s\tfuzzed inputs, parser %s\t0\t1\tended early, see the log\n' "$id" "$target"
        status=1
    fi
done >>"${SEGUE_FIGURES:-/dev/null}"
exit "$status"
