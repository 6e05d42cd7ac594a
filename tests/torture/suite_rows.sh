#!/usr/bin/env bash
# Cases of the suite that write figures of their own, in greater number.
#   suite_rows.sh ID TIMES-NIGHTLY TIMES-RELEASE SOURCE-FILE-PATTERN
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
id=$1
export SEGUE_TEST_MORE=$2
if [ "${SEGUE_TIER:-nightly}" = release ]; then export SEGUE_TEST_MORE=$3; fi
launcher=""
if command -v ccache >/dev/null; then launcher="-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"; fi
if [ ! -f build/headless/CMakeCache.txt ]; then cmake --preset headless $launcher >/dev/null; fi
cmake --build build/headless --target segue_tests -j "$(nproc)"
if build/headless/tests/segue_tests --no-skip --source-file="$4"; then exit 0; fi
printf '%s\tcases of %s\t0\t1\tfailed, see the log\n' "$id" "$4" >>"${SEGUE_FIGURES:-/dev/null}"
exit 1
