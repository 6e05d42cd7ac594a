#!/usr/bin/env bash
# tier: nightly
# Random keys, clicks, drags, drops and menus at the editor's window, under the address and undefined-behaviour sanitizers.
set -euo pipefail
export ASAN_OPTIONS=detect_leaks=0:abort_on_error=1 UBSAN_OPTIONS=print_stacktrace=1
exec "$(dirname "$0")/window_row.sh" gui-asan g5
