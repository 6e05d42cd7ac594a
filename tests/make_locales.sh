#!/usr/bin/env bash
# Makes locales that differ in what could leak into a file: a comma for decimals, grouped thousands, a dotless i, other
# digits, another script. They go to a folder of their own, so that nobody needs to be root.
#   tests/make_locales.sh FOLDER     then: LOCPATH=FOLDER
set -euo pipefail
mkdir -p "$1"
for locale in de_DE fr_FR tr_TR ar_EG ja_JP; do
    made=$1/$locale.UTF-8
    [ -d "$made" ] && continue
    new=$(mktemp -d "$1/new.XXXXXX")
    # It warns of what the C library's own definitions lack, and then returns 1.
    localedef -i "$locale" -f UTF-8 "$new/$locale.UTF-8" 2>/dev/null || [ $? = 1 ]
    mv -T "$new/$locale.UTF-8" "$made" 2>/dev/null || true # another one may have been quicker
    rm -rf "$new"
done
