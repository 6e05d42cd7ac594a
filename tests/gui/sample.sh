#!/usr/bin/env bash
# The sample album, made once: sample.sh SEGUE MAKE_SAMPLE_ALBUM FOLDER
set -euo pipefail
folder=$3
if [ -f "$folder/Harbour Lights.segue" ]; then exit 0; fi
rm -rf "$folder.new"
mkdir -p "$folder.new"
"$2" "$folder.new" >/dev/null
"$(dirname "$0")/../../samples/assemble.sh" "$1" "$folder.new" >/dev/null
rm -rf "$folder"
mv "$folder.new" "$folder"
