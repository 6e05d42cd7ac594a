#!/usr/bin/env bash
# tier: nightly
# Random keys, clicks, drags, drops and menus at the editor's window, under the address and undefined-behaviour sanitizers.
# What is leaked by the end is an error too, but for what tests/leaks.supp names.
set -euo pipefail
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=1 UBSAN_OPTIONS=print_stacktrace=1
LSAN_OPTIONS=suppressions=$(realpath "$(dirname "$0")/../leaks.supp"):print_suppressions=0
export LSAN_OPTIONS
exec "$(dirname "$0")/window_row.sh" gui-asan g5
