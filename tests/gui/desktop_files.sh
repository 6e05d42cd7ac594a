#!/usr/bin/env bash
# Judges the files a desktop reads, with the tools that are here: desktop_files.sh gui/desktop
set -uo pipefail
cd "$1" || exit 1
failed=0 judged=0
judge() { # TOOL ARGUMENTS...
    if ! command -v "$1" >/dev/null; then return; fi
    judged=$((judged + 1))
    "$@" || failed=1
}
say() {
    echo "$1" >&2
    failed=1
}
judge desktop-file-validate segue-editor.desktop
judge appstreamcli validate --no-net org.segue_audio.segue_editor.metainfo.xml
judge xmllint --noout ./*.xml ./*.svg
# The three files speak of each other by name.
type=$(sed -n 's/.*<mime-type type="\([^"]*\)".*/\1/p' segue-album.xml)
grep -q "^MimeType=.*$type;" segue-editor.desktop || say "the desktop file does not take $type"
grep -q "<mediatype>$type</mediatype>" ./*.metainfo.xml || say "the metainfo does not name $type"
grep -q '<launchable type="desktop-id">segue-editor.desktop</launchable>' ./*.metainfo.xml || say "the metainfo launches something else"
icon=$(sed -n 's/^Icon=//p' segue-editor.desktop)
[ -f "$icon.svg" ] || say "no icon $icon.svg"
if [ "$failed" -eq 0 ] && [ "$judged" -eq 0 ]; then exit 77; fi
exit "$failed"
