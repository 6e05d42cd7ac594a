#!/usr/bin/env bash
# Puts the figures of the last tests/bench/run.sh into docs/performance.md, between its two marks.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
awk -v table="${1:-build/bench/figures.md}" '
    /^<!-- figures: begin/ { print; while ((getline line < table) > 0) print line; inside = 1; next }
    /^<!-- figures: end/ { inside = 0 }
    !inside { print }' docs/performance.md >docs/performance.md.new
mv docs/performance.md.new docs/performance.md
