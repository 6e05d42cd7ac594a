#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test.
#   tests/run.sh          the suite, the editor driven under Xvfb, and a short run of every fuzzer
#   tests/run.sh asan     the suite under AddressSanitizer and UndefinedBehaviorSanitizer
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
./samples/install-packages.sh --tests
preset=${1:-gui}
jobs=$(nproc)

# Locales for the tests that must not notice them.
./tests/make_locales.sh build/locales || echo "The locales could not be made; their tests will be skipped"
export LOCPATH=$root/build/locales

launcher=""
if command -v ccache >/dev/null; then launcher="-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"; fi
cmake --preset "$preset" $launcher
cmake --build --preset "$preset" -j "$jobs"
if [ "$preset" = asan ]; then export ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions=$root/tests/leaks.supp:print_suppressions=0 SEGUE_TEST_SCALE=10; fi
ctest --preset "$preset" -j "$jobs" --timeout 900

# The editor on a screen of its own.
if [ "$preset" = gui ]; then
    cmake --build --preset gui -j "$jobs" --target make_sample_album
    ./tests/gui/run.sh quick
fi

# A short run of every fuzzer, from its seeds.
if [ "$preset" = gui ] && [ -z "${SEGUE_NO_FUZZ:-}" ]; then
    ./tests/fuzz/run.sh 20000
fi
