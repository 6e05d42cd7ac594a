#!/usr/bin/env bash
# The sample album, made once: sample.sh SEGUE FOLDER BUILD
set -euo pipefail
segue=$1 folder=$2 build=$3
if [ -f "$folder/Harbour Lights.segue" ]; then exit 0; fi
cmake --build "$build" --target make_sample_album >/dev/null
rm -rf "$folder.new"
mkdir -p "$folder.new"
"$build/samples/make_sample_album" "$folder.new" >/dev/null
"$(dirname "$0")/../../samples/assemble.sh" "$segue" "$folder.new" >/dev/null
rm -rf "$folder"
mv "$folder.new" "$folder"
