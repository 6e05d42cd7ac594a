#!/usr/bin/env bash
# From nothing to a verified DDP: installs what is missing, builds, makes the sample album, exports, verifies.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
./samples/install-packages.sh
cmake -S . -B build/demo -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF >/dev/null
cmake --build build/demo --target segue segue-editor make_sample_album
segue=$root/build/demo/segue
out=$root/build/demo/sample-album
rm -rf "$out" && mkdir -p "$out"

echo; echo "== The masters"
build/demo/samples/make_sample_album "$out"
ls -l "$out"/*.wav | awk '{print "  " $5, $9}' | sed "s|$out/||"

echo; echo "== The album"
cd "$out"
"$root/samples/assemble.sh" "$segue" "$out"
"$segue" show "Harbour Lights.segue"

echo; echo "== Check"
"$segue" check "Harbour Lights.segue"

echo; echo "== Export"
"$segue" export ddp "Harbour Lights.segue" Harbour-Lights-DDP
"$segue" export cue "Harbour Lights.segue" Harbour-Lights.cue --quiet

echo; echo "== Verify, as the plant would"
"$segue" verify Harbour-Lights-DDP --audio

echo
echo "The DDP is in      $out/Harbour-Lights-DDP"
echo "Its report is      $out/Harbour-Lights-DDP.report.txt"
echo "The PQ sheet is    $out/Harbour-Lights-DDP/PQ-SHEET.pdf"
echo "To look at it:        $root/build/demo/segue-editor \"$out/Harbour Lights.segue\""
