#!/usr/bin/env bash
# tier: nightly
# The suite under AddressSanitizer and UndefinedBehaviorSanitizer; engine, export, overviews and player under
# ThreadSanitizer; the parsers' cases under valgrind, which sees reads of what was never written; and the release build
# still checks its containers.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
out=$root/build/torture/t1
mkdir -p "$out"
launcher=""
if command -v ccache >/dev/null; then launcher="-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"; fi
tests/make_locales.sh build/locales && export LOCPATH=$root/build/locales
failed=0
figure() { # WHAT TRIED BAD NOTE
    printf 'T1\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >>"${SEGUE_FIGURES:-/dev/null}"
    if [ "$3" != 0 ]; then failed=1; fi
}
build() { # PRESET TARGET...
    local preset=$1
    shift
    cmake --preset "$preset" $launcher >/dev/null && cmake --build --preset "$preset" -j "$(nproc)" --target "$@" >"$out/$preset.build" 2>&1 &&
        return
    tail -n 20 "$out/$preset.build"
    echo "The build $preset failed"
    exit 1
}
# Runs a binary of doctest's and counts its cases and the reports of sanitizers in its log.
cases() { # WHAT LOG REPORT-PATTERN COMMAND...
    local what=$1 log=$2 pattern=$3
    shift 3
    (unset SEGUE_FIGURES && "$@") >"$log" 2>&1
    local status=$? ran reports
    ran=$(sed -n 's/.*test cases: *\([0-9]*\) .*/\1/p' "$log" | tail -n 1)
    reports=$(grep -c "$pattern" "$log")
    if [ "$status" != 0 ] && [ "$reports" = 0 ]; then reports=1; fi
    if [ "$reports" != 0 ]; then grep -A12 -m3 -e "$pattern" -e "ERROR:" "$log"; fi
    echo "$what: ${ran:-no} cases, $reports reports"
    figure "$what" "${ran:-0}" "$reports" "tried: test cases; bad: reports"
}

for grep_for in release headless asan; do
    grep -A3 "\"name\": \"$grep_for\", \"inherits\"" CMakePresets.json | grep -q D_GLIBCXX_ASSERTIONS && continue
    figure "preset $grep_for checks the standard library's containers" 1 1 "-D_GLIBCXX_ASSERTIONS is missing"
done

# A sanitizer run takes a tenth of the random tests; segue_torture its quick tier, without D4: a sanitizer itself needs
# more memory and descriptors than its limits leave.
build asan segue segue_tests segue_torture
export ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions=$root/tests/leaks.supp:print_suppressions=0
export SEGUE_TEST_SCALE=10
for binary in segue_tests torture/segue_torture; do
    SEGUE_TIER=quick cases "ASan and UBSan, $(basename $binary)" "$out/asan-$(basename $binary)" \
        "ERROR: \(Address\|Leak\)Sanitizer\|runtime error:" "build/asan/tests/$binary" --test-case-exclude="D4:*"
done

build tsan segue segue_tests
export TSAN_OPTIONS=halt_on_error=0:second_deadlock_stack=1:suppressions=$root/tests/tsan.supp:print_suppressions=0
SEGUE_TEST_SCALE=50 cases "TSan, parallel work, renderer, verification, export, overviews, player and sessions" "$out/tsan" "WARNING: ThreadSanitizer" \
    build/tsan/tests/segue_tests \
    --source-file='*core/parallel_test*,*audio/render*,*deliver/*,*ddp/verify_test*,*reference/*,*unit/measure/*,*unit/play/*,*unit/app/session*'
threads() { # NUMBER: the program itself
    local to
    to=$(mktemp -d "$out/tsan.XXXXXX")
    sox -R -n -b 24 -r 48000 -c 2 "$to/a.wav" synth 6 pinknoise && sox -R -n -b 16 -r 44100 -c 2 "$to/b.wav" synth 6 sine 440 &&
        build/tsan/segue new "$to/a.segue" "$to/a.wav" "$to/b.wav" --quiet &&
        build/tsan/segue export ddp "$to/a.segue" "$to/OUT" --threads "$1" --second-render --quiet &&
        build/tsan/segue verify "$to/OUT" --audio >/dev/null
    local status=$?
    rm -rf "$to"
    return "$status"
}
bad=0
: >"$out/tsan-program"
for count in 2 3 8; do threads "$count" >>"$out/tsan-program" 2>&1 || bad=$((bad + 1)); done
if [ "$bad" != 0 ]; then grep -m1 -A25 "WARNING: ThreadSanitizer" "$out/tsan-program"; fi
figure "TSan, exports of the program with 2, 3 and 8 threads" 3 "$bad" ""

if command -v valgrind >/dev/null; then
    cmake --build build/headless --target segue_tests -j "$(nproc)" >/dev/null || exit 1
    memcheck() {
        valgrind --quiet --error-exitcode=9 --leak-check=no --suppressions=tests/valgrind.supp \
            --log-file="$out/valgrind.reports" "$@"
        local status=$?
        cat "$out/valgrind.reports"
        return "$status"
    }
    SEGUE_TEST_SCALE=500 cases "valgrind memcheck, the parsers' cases" "$out/valgrind" "^==[0-9]*== \(Invalid\|Conditional\|Use of\)" \
        memcheck build/headless/tests/segue_tests \
        --source-file='*ddp/records_test*,*ddp/cd_text_packs*,*ddp/checksum_list*,*ddp/charset*,*project/cue_*,*project/xml_*,*project/exact_time*,*core/codes*,*core/text*,*audio/audio_file_refusals*'
else
    figure "valgrind memcheck, the parsers' cases" 0 0 "not run: valgrind is not installed"
fi
exit "$failed"
