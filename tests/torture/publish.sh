#!/usr/bin/env bash
# Puts the figures of the last torture runs into the table of docs/reliability.md, between its two marks.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
figures=${1:-build/torture/figures.tsv}
table=$(mktemp)
trap 'rm -f "$table"' EXIT
{
    echo "| id | what | tried | not as promised | note | tier | seconds |"
    echo "|---|---|---:|---:|---|---|---:|"
    awk -F'\t' '{ printf "| %s | %s | %s | %s | %s | %s | %s |\n", $1, $2, $3, $4, $5, $7, $6 }' "$figures"
} >"$table"
awk -v table="$table" '
    /^<!-- figures: begin/ { print; while ((getline line < table) > 0) print line; inside = 1; next }
    /^<!-- figures: end/ { inside = 0 }
    !inside { print }' docs/reliability.md >docs/reliability.md.new
mv docs/reliability.md.new docs/reliability.md
