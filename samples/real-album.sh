#!/usr/bin/env bash
# The same with real music: an album from the Debian package singularity-music (the game Endgame: Singularity; its
# copyright file names the artists and their licences).
#   samples/real-album.sh [SEGUE] [FOLDER]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
segue=${1:-$root/build/demo/segue}
out=${2:-$root/build/real-album}
music=/usr/share/games/singularity/music

if [ ! -d "$music" ]; then
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root=sudo
    $as_root apt-get update -q
    $as_root apt-get install -y -q --no-install-recommends singularity-music
fi
if [ ! -x "$segue" ]; then
    "$root/samples/install-packages.sh"
    cmake -S "$root" -B "$root/build/demo" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
    cmake --build "$root/build/demo" --target segue
    segue=$root/build/demo/segue
fi
rm -rf "$out" && mkdir -p "$out"
cd "$out"

"$segue" new Singularity.segue --title "Endgame: Singularity" --performer "Various Artists" --gap 2 "$music"/*.ogg
"$segue" show Singularity.segue
# Lossy masters pass full scale here and there, which is an error: bring the whole album down a little.
count=$("$segue" show Singularity.segue --json | grep -c '"number"')
for track in $(seq 1 "$count"); do "$segue" set Singularity.segue -t "$track" --gain -3 --quiet; done
"$segue" check Singularity.segue
"$segue" export ddp Singularity.segue Singularity-DDP
"$segue" verify Singularity-DDP --audio
