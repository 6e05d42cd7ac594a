#!/usr/bin/env bash
# Builds the editor and lets one test drive its window: window_row.sh PRESET TEST
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
launcher=""
if command -v ccache >/dev/null; then launcher="-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"; fi
cmake --preset "$1" $launcher >/dev/null
cmake --build --preset "$1" -j "$(nproc)" --target segue segue-editor segue-editor-monkey >/dev/null
# The row's own programs, not those of the other rows.
unset SEGUE
export SEGUE_BUILD=build/$1
exec tests/gui/run.sh "${SEGUE_TIER:-nightly}" "$2"
