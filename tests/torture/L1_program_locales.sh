#!/usr/bin/env bash
# tier: nightly
# The program itself in eight locales: project, DDP, cue, TOC, PQ sheets and JSON are the same bytes. Segue never asks
# for the user's locale, so a small library asks in its place when the program is loaded, as a plug-in or a GUI would.
# The suite's cases on reading and writing files and on texts run in each of them, too.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
out=$root/build/torture/l1
segue=${SEGUE:-$root/build/headless/segue}
rm -rf "$out"
mkdir -p "$out"
tests/make_locales.sh build/locales || exit 1
export LOCPATH=$root/build/locales
cmake --build build/headless --target segue_tests -j "$(nproc)" >/dev/null || exit 1

cat >"$out/ask.cpp" <<'END'
#include <clocale>
#include <locale>
__attribute__((constructor)) static void ask()
{
    if (std::setlocale(LC_ALL, "") != nullptr) std::locale::global(std::locale(""));
}
END
g++ -shared -fPIC -o "$out/ask.so" "$out/ask.cpp" || exit 1

(
    cd "$out" || exit 1
    sox -R -n -b 24 -r 48000 -c 2 a.wav synth 5 pinknoise gain -6 && sox -R -n -b 16 -r 44100 -c 2 b.wav synth 6 sine 440 gain -12
) || exit 1

in_locale() { # VARIABLE=VALUE COMMAND...
    local setting=$1
    shift
    env -u LANG -u LC_ALL -u SEGUE_FIGURES "$setting" LD_PRELOAD="$out/ask.so" "$@"
}
# Everything the program writes, into FOLDER.
written() { # FOLDER SETTING
    local to=$1 setting=$2
    mkdir -p "$to" && ln "$out"/[ab].wav "$to" && cd "$to" || return 1
    run() { in_locale "$setting" "$segue" "$@"; }
    run new a.segue --title "INTERLUDE i I 1,234.5" --performer "Ünal" --upc 4006381333931 --gap 1.5 a.wav b.wav --quiet &&
        run set a.segue -t 2 --gain=-1.25 --fade-in 0.5:cosine --title "Title i" --isrc trabc2600001 --quiet &&
        run export ddp a.segue OUT --image-cue --checksum-txt --json >export.json &&
        run export cue a.segue one.cue --quiet && run export toc a.segue two.toc --quiet &&
        run export pq a.segue pq.txt --quiet && run export pq a.segue pq.pdf --quiet &&
        run show a.segue --json >show.json && run show a.segue >show.txt &&
        run check a.segue --json >check.json && run verify OUT --audio --json >verify.json &&
        run show one.cue --json >cue.json && run check --rules >rules.txt
}
(written "$out/C" LC_ALL=C) || {
    echo "the program failed in the locale C"
    exit 1
}
compared=0 bad=0 suites=0
for setting in LC_ALL=de_DE.UTF-8 LC_ALL=fr_FR.UTF-8 LC_ALL=tr_TR.UTF-8 LC_ALL=ar_EG.UTF-8 LC_ALL=ja_JP.UTF-8 LC_ALL=POSIX \
    LANG=xx_YY.broken LC_NUMERIC=de_DE.UTF-8; do
    to=$out/${setting//[=.]/-}
    (written "$to" "$setting") || {
        echo "$setting: the program failed"
        bad=$((bad + 1))
        continue
    }
    while read -r file; do
        compared=$((compared + 1))
        cmp "$out/C/$file" "$to/$file" && continue
        bad=$((bad + 1))
    done < <(cd "$out/C" && find . -type f | sort)
    suites=$((suites + 1))
    SEGUE_TEST_SCALE=50 in_locale "$setting" build/headless/tests/segue_tests \
        --source-file='*unit/core/*,*unit/project/*,*unit/cli/*,*ddp/records_test*,*ddp/cd_text_check*,*ddp/charset*,*ddp/checksum_list*' >"$to.suite" 2>&1 || {
        echo "$setting: the suite fails"
        grep -A6 ERROR "$to.suite" | head -n 40
        bad=$((bad + 1))
    }
done
echo "$compared files compared, $suites times the suite, $bad bad"
printf 'L1\tfiles of the program in 8 settings of the locale, compared with C; and cases of the suite in each\t%s\t%s\t%s\n' "$compared" \
    "$bad" "de_DE, fr_FR, tr_TR, ar_EG, ja_JP, POSIX, one that is none, LC_NUMERIC alone" >>"${SEGUE_FIGURES:-/dev/null}"
[ "$bad" = 0 ]
