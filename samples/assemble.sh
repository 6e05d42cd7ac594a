#!/usr/bin/env bash
# Assembles the sample album from its masters: assemble.sh SEGUE FOLDER
set -euo pipefail
segue=$1
cd "$2"
album="Harbour Lights.segue"
"$segue" new "$album" --title "Harbour Lights" --performer "The Tidewater Assembly" --upc 4006381333931 --gap 2.0 \
    "01 Slipway.wav" "02 Harbour Lights.wav" "03 Live at the Pier.wav" "05 Undertow.wav" "06 Lighthouse.wav" "07 Low Tide.wav" --quiet
set_album() { "$segue" set "$album" "$@" --quiet; }
# Two songs in one live recording: split where the second begins, no gap, not a sample changed.
"$segue" split "$album" -t 3 --at 0:36.4 --quiet
set_album -t 3 --title "Night Ferry (live)"
set_album -t 4 --title "Spring Tide (live)"
set_album -t 2 --gap 0:01:38 --composer "A. Quay"
set_album -t 3 --gap 3
# The song after the live pair runs into the piano piece.
set_album -t 6 --crossfade 4:equal-power
set_album -t 6 --index 12
set_album -t 7 --gap 4 --fade-out 3:cosine --gain 1.5
set_album --songwriter "M. Strand" --genre Rock --language English --catalog TWA-007 --label "Slack Water Records" \
    --date 2026-11-21 --engineer "R. Haven" --master-id TWA-007-M1
n=1
for code in 00001 00002 00003 00004 00005 00006 00007; do
    set_album -t $n --isrc "GBABC26$code"
    n=$((n + 1))
done
