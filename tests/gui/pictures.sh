#!/usr/bin/env bash
# Makes the pictures of the documentation by driving the real editor on the sample album.
#   tests/gui/pictures.sh [FOLDER]      default: docs/pictures
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
export PICTURES=${1:-$root/docs/pictures}
mkdir -p "$PICTURES"
PICTURES=$(cd "$PICTURES" && pwd)
build=$root/build/gui
export SEGUE=${SEGUE:-$build/segue} SEGUE_EDITOR=${SEGUE_EDITOR:-$build/segue-editor} SEGUE_SAMPLE=${SEGUE_SAMPLE:-$build/sample-album}
"$root/tests/gui/sample.sh" "$SEGUE" "$SEGUE_SAMPLE" "$build"
draw() { "$root/tests/gui/desk.sh" /usr/bin/python3 -u "$root/tests/gui/pictures.py" "$@" 2> >(grep -v '^dbus-daemon' >&2); }
DESK_SIZE=1280x800 draw light
DESK_SIZE=1280x800 GTK_THEME=Adwaita:dark draw dark
DESK_SIZE=1280x800 draw vinyl
DESK_SIZE=2560x1600 GDK_SCALE=2 draw double
for picture in "$PICTURES"/editor-*.png; do
    # Few colours are on the screen; 256 of them make a third of the file.
    convert "$picture" -strip -dither None -colors 256 -define png:compression-level=9 PNG8:"$picture.new"
    mv "$picture.new" "$picture"
    size=$(stat -c %s "$picture")
    echo "$(basename "$picture")  $((size / 1024)) KB"
    if [ "$size" -gt 307200 ]; then
        echo "$picture is larger than 300 KB" >&2
        exit 1
    fi
done
