#!/usr/bin/env bash
# How true the checks of the audio are on real music: clicks and dropouts put into recordings, and the same recordings
# encoded as MP3 and AAC and decoded again. Prints the tables that docs/checks.md quotes.
#   tests/truth/run.sh [BUILD] [WORK]     needs ffmpeg and apt; WORK (build/truth) takes some 4 GB
# The recordings are those of the Debian package wesnoth-1.16-music (GPL). They come as Ogg Vorbis: for the question
# whether an original looks lossy they are no originals. The synthetic album of tests/bench/make_inputs.cpp is: twelve
# pieces. Nothing is made twice; what an earlier run left half done is made again.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$root/build/headless}
work=${2:-$root/build/truth}
tracks="knalgan_theme knolls vengeful the_dangerous_symphony casualties_of_war suspense battle siege_of_laurelmor
  wanderer the_city_falls weight_of_revenge return_to_wesnoth nunc_dimittis"

cmake --build "$build" --target fault_truth bench_make_inputs >/dev/null
truth=$build/tests/truth/fault_truth
makeInputs=$build/tests/bench/bench_make_inputs
mkdir -p "$work"/{music,other,real,generated,pieces}
cd "$work"
# Decodes or encodes into a file that has its name only when it is whole.
made() { # OUT ARGUMENT...
    local out=$1
    shift
    ffmpeg -v error -y "$@" "half.${out##*.}" && mv "half.${out##*.}" "$out"
}
if [ ! -d package ]; then
    apt-get download -q wesnoth-1.16-music >/dev/null
    rm -rf half && dpkg-deb -x wesnoth-1.16-music_*.deb half && mv half package
    rm -f wesnoth-1.16-music_*.deb
fi
number=0
for track in $tracks; do
    number=$((number + 1))
    out=music/$(printf %02d $number).wav
    [ -f "$out" ] || made "$out" -i "package/usr/share/games/wesnoth/1.16/data/core/music/$track.ogg" \
        -af volume=-1dB -c:a pcm_s24le
done

# All others of the package: none of them had a say in how the finder was made.
for file in package/usr/share/games/wesnoth/1.16/data/core/music/*.ogg; do
    track=$(basename "$file" .ogg)
    case " ${tracks//$'\n'/ } " in *" $track "*) continue ;; esac
    [ -f "other/$track.wav" ] || made "other/$track.wav" -i "$file" -af volume=-1dB -c:a pcm_s24le
done

# A minute of each, as it is, and once through each encoder.
versions() { # FILE FOLDER
    local name from=$2
    name=$(basename "$1" .wav)
    [ -f "$from/$name.original.wav" ] || made "$from/$name.original.wav" -ss 60 -t 60 -i "$1" -c:a pcm_s24le
    for code in mp3-128 mp3-192 mp3-320 aac-128 aac-256; do
        local out=$from/$name.$code
        [ -f "$out.wav" ] && continue
        case $code in
        mp3-*) ffmpeg -v error -y -i "$from/$name.original.wav" -c:a libmp3lame -b:a "${code#*-}k" "$out.mp3" ;;
        aac-*) ffmpeg -v error -y -i "$from/$name.original.wav" -c:a aac -b:a "${code#*-}k" "$out.m4a" ;;
        esac
        made "$out.wav" -i "$out".m?? -c:a pcm_s24le
        rm -f "$out".m??
    done
}
for file in music/*.wav; do versions "$file" real; done
# Each of the pieces is two minutes or more.
[ -f pieces/12.wav ] || "$makeInputs" 44100 pieces 36
for file in pieces/*.wav; do versions "$file" generated; done

"$truth" faults music/*.wav
echo
echo "other recordings of the package"
"$truth" faults other/*.wav
echo
"$truth" filtered music/*.wav
for folder in real generated; do
    ls $folder/*.wav >/dev/null 2>&1 || continue
    echo
    echo "$folder: what the spectrum says"
    for code in original mp3-128 mp3-192 aac-128 aac-256 mp3-320; do
        "$truth" lossy $folder/*.$code.wav | awk -v code=$code '
            { n++; if ($2 == "lossy,") lossy++; else if ($2 == "cannot") unknown++ }
            END { printf "  %-9s %2d files: %2d lossy, %2d cannot tell\n", code, n, lossy, unknown }'
    done
done
