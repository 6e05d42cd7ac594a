#!/usr/bin/env bash
# Puts the figures of the last torture runs into the table of docs/reliability.md, between its two marks.
#   tests/torture/publish.sh [FIGURES.tsv...]
# Of several files the later ones count: a row of the same id and kind replaces an earlier one.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
if [ $# = 0 ]; then set -- "$root/build/torture/figures.tsv"; fi
table=$(mktemp)
trap 'rm -f "$table"' EXIT
{
    echo "| id | what | tried | not as promised | note | tier | seconds |"
    echo "|---|---|---:|---:|---|---|---:|"
    awk -F'\t' '{ row[$1 FS $2] = sprintf("| %s | %s | %s | %s | %s | %s | %s |", $1, $2, $3, $4, $5, $7, $6) }
        END { for (key in row) print key FS row[key] }' "$@" | LC_ALL=C sort -t$'\t' -k1,1V -k2,2 | cut -f3
} >"$table"
cd "$root"
awk -v table="$table" '
    /^<!-- figures: begin/ { print; while ((getline line < table) > 0) print line; inside = 1; next }
    /^<!-- figures: end/ { inside = 0 }
    !inside { print }' docs/reliability.md >docs/reliability.md.new
mv docs/reliability.md.new docs/reliability.md
