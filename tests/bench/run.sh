#!/usr/bin/env bash
# The benchmark: ours and the peer, one after the other, pair by pair, in one run.
#   tests/bench/run.sh [ROW...]          rows: see the calls of `pair` below; none: all
# Makes its own inputs (70 minutes, 24 bit; build/bench/inputs, 5 GB), builds the release preset, and prints for each
# job the medians of wall and processor seconds and their ratios. PAIRS=5 is how often. The last table also goes to
# build/bench/figures.md, which tests/bench/publish.sh puts into docs/performance.md.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
./samples/install-packages.sh --tests
launcher=""
if command -v ccache >/dev/null; then launcher="-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"; fi
cmake --preset release $launcher >/dev/null
cmake --build --preset release -j "$(nproc)" --target bench >/dev/null
segue=$root/build/release/segue
tools=$root/build/release/tests/bench
work=$root/build/bench
pairs=${PAIRS:-5}
mkdir -p "$work/inputs"
export XDG_CACHE_HOME=$work/cache
wanted=" $* "

# Albums: 44.1 kHz, 96 kHz; for memory also 95 and 210 minutes of 44.1 kHz.
make_album() { # NAME RATE MINUTES
    local folder=$work/inputs/$1
    if [ -f "$folder/album.segue" ]; then return; fi
    rm -rf "$folder" && mkdir -p "$folder"
    echo "making $1: $3 minutes at $2 Hz" >&2
    "$tools/bench_make_inputs" "$2" "$folder" "$3"
    "$segue" new "$folder/album.segue" --title Benchmark --performer Nobody --gap 0 "$folder"/*.wav >/dev/null
    "$segue" set "$folder/album.segue" --max-length 99:59 >/dev/null
}
needs() { [ "$wanted" = "  " ] && return 0; for row in "$@"; do [[ $wanted == *" $row "* ]] && return 0; done; return 1; }

make_album s44 44100 70
if needs src rexport memory scan96; then make_album s96 96000 70; fi
if needs memory; then make_album s44x95 44100 95; make_album s44x210 44100 210; fi
s44=$work/inputs/s44 s96=$work/inputs/s96
if needs flac scanflac && [ ! -f "$work/inputs/f44/album.segue" ]; then
    mkdir -p "$work/inputs/f44"
    for wav in "$s44"/*.wav; do flac -s -f -o "$work/inputs/f44/$(basename "$wav" .wav).flac" "$wav"; done
    "$segue" new "$work/inputs/f44/album.segue" --title Benchmark --gap 0 "$work"/inputs/f44/*.flac >/dev/null
fi
f44=$work/inputs/f44
out=$work/out
rm -rf "$out" && mkdir -p "$out"
"$segue" export ddp "$s44/album.segue" "$out/SET" --quiet --allow any >/dev/null
image=$out/SET/IMAGE.DAT

median() { sort -g | awk '{ v[NR] = $1 } END { print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) }'; }
# Everything the last job left to the disk is written before the next one is timed, and `before` done.
before=:
timed() { sync; $before; "$tools/bench_measure" bash -c "$1" 2>>"$work/log"; }
# Out of the page cache; every user may do that to files of his own.
drop() { for file in "$1"/*.wav; do dd if="$file" iflag=nocache count=0 status=none; done; }

rows=$work/figures.md
{
    echo "| job | ours: wall / CPU s | peer | peer: wall / CPU s | wall ratio | CPU ratio | bar |"
    echo "|---|---:|---|---:|---:|---:|---|"
} >"$rows"
: >"$work/log"

pair() { # ROW TITLE BAR PEER-NAME OURS PEER
    local row=$1 title=$2 bar=$3 name=$4 ours=$5 peer=$6 i
    needs "$row" || return 0
    rm -f "$work"/pair.*
    for ((i = 0; i < pairs; i++)); do
        timed "$ours" >>"$work/pair.ours" || { echo "$title: ours failed; $work/log" >&2; exit 1; }
        timed "$peer" >>"$work/pair.peer" || { echo "$title: the peer failed; $work/log" >&2; exit 1; }
    done
    local a b c d
    a=$(cut -d' ' -f1 "$work/pair.ours" | median) b=$(cut -d' ' -f2 "$work/pair.ours" | median)
    c=$(cut -d' ' -f1 "$work/pair.peer" | median) d=$(cut -d' ' -f2 "$work/pair.peer" | median)
    # The ratio of each pair, then its median: what slows the machine slows both halves of a pair.
    local wall cpu
    wall=$(paste -d' ' "$work/pair.ours" "$work/pair.peer" | awk '{ print $1 / $4 }' | median)
    cpu=$(paste -d' ' "$work/pair.ours" "$work/pair.peer" | awk '{ print $2 / $5 }' | median)
    printf '| %s | %.2f / %.2f | %s | %.2f / %.2f | %.2f | %.2f | %s |\n' \
        "$title" "$a" "$b" "$name" "$c" "$d" "$wall" "$cpu" "$bar" | tee -a "$rows"
}

export_ddp="rm -rf $out/DDP $out/DDP.report.*; $segue export ddp"
pair export "whole export, 44.1 kHz WAV, TPDF: render, write, fsync, read back, verify" "<= 0.56 wall" \
    "sox dither, sync, md5sum" \
    "$export_ddp $s44/album.segue $out/DDP --quiet --allow any" \
    "sox $s44/*.wav -t raw -e signed -b 16 -L $out/peer dither && sync $out/peer && md5sum $out/peer"
pair stage "rendering and writing stage, with MD5" "<= 1.3 wall, <= 1.6 CPU" "cp of the image, md5sum" \
    "rm -f $out/image; $tools/bench_stage $s44/album.segue $out/image" \
    "rm -f $out/copy; cp $image $out/copy && md5sum $out/copy"
pair shaped "the same with the strong shaper" "<= 0.25 wall" "sox dither -s, md5sum" \
    "rm -f $out/image; $tools/bench_stage $s44/album.segue $out/image shaped-strong" \
    "sox $s44/*.wav -t raw -e signed -b 16 -L $out/peer dither -s && md5sum $out/peer"
pair flac "44.1 kHz FLAC stage" "<= 0.8 wall" "flac -t of the sources" \
    "rm -f $out/image; $tools/bench_stage $f44/album.segue $out/image" "flac -s -t $f44/*.flac"
pair src "96 kHz WAV stage, soxr VHQ" "<= 0.4 wall" "sox rate -v, dither, md5sum" \
    "rm -f $out/image; $tools/bench_stage $s96/album.segue $out/image" \
    "sox $s96/*.wav -t raw -e signed -b 16 -L $out/peer rate -v 44100 dither && md5sum $out/peer"
if needs src; then
    for wav in "$s96"/*.wav; do echo "file '$wav'"; done >"$work/list"
fi
pair src "96 kHz WAV stage, soxr VHQ" "<= 0.5 wall" "ffmpeg soxr 28 bit, md5sum" \
    "rm -f $out/image; $tools/bench_stage $s96/album.segue $out/image" \
    "ffmpeg -v error -y -f concat -safe 0 -i $work/list -af aresample=44100:resampler=soxr:precision=28:osf=s16:dither_method=triangular -f s16le $out/peer && md5sum $out/peer"
pair verify "segue verify" "<= 1.15 wall" "md5sum IMAGE.DAT" \
    "$segue verify $out/SET --json" "md5sum $image"
pair verify "segue verify --audio" "<= 1.3 wall" "md5sum IMAGE.DAT" \
    "$segue verify $out/SET --json --audio" "md5sum $image"
pair vinyl "segue vinyl: all curves, levels and events of 70 minutes" "<= 0.25 wall" "sox riaa, highpass, stats" \
    "$segue vinyl $s44/*.wav --json || [ \$? -eq 1 ]" \
    "sox $s44/*.wav -n riaa highpass 20 stats"
if needs rexport; then
    rm -rf "$XDG_CACHE_HOME"
    "$segue" export ddp "$s96/album.segue" "$out/AGAIN" --quiet --allow any >/dev/null
fi
# Each round changes the gain of track 7 to another value, so that there is always one track to render.
cp "$s96/album.segue" "$s96/gain.segue" 2>/dev/null || true
echo 0 >"$work/round"
pair rexport "re-export after a gain change in one 96 kHz track of twelve" "<= 0.5 wall" "the full export" \
    "n=\$((\$(cat $work/round) + 1)); echo \$n >$work/round; $segue set $s96/gain.segue -t 7 --gain -0.\$n >/dev/null; \
     $segue export ddp $s96/gain.segue $out/AGAIN --replace --quiet --allow any" \
    "rm -rf $out/DDP $out/DDP.report.*; XDG_CACHE_HOME=$work/nocache-\$RANDOM$RANDOM $segue export ddp $s96/gain.segue $out/DDP --quiet --allow any"
if needs rexport; then
    cmp "$out/AGAIN/IMAGE.DAT" "$out/DDP/IMAGE.DAT" && echo "re-exported image: byte-identical to the full one"
    rm -rf "$work"/nocache-*
fi

# Measuring: all figures of every track and of the album, from cold.
measure="$segue measure --no-cache --json"
ebur() { # RATE-FOLDER
    for wav in "$1"/*.wav; do echo "file '$wav'"; done >"$work/list-$(basename "$1")"
    echo "ffmpeg -v error -f concat -safe 0 -i $work/list-$(basename "$1") -af ebur128=peak=true -f null -"
}
pair scan "segue measure, 44.1 kHz WAV" "<= 0.067 wall, <= 0.1 CPU" "ffmpeg ebur128=peak=true" \
    "$measure $s44/*.wav" "$(ebur "$s44")"
pair scan "segue measure, 44.1 kHz WAV" "<= 1.5 wall" "cat of the files" "$measure $s44/*.wav" "cat $s44/*.wav >/dev/null"
if needs cold; then
    # From the disk: only where the system lets go of what it has read.
    before="drop $s44"
    from_disk=$(timed "cat $s44/*.wav >/dev/null" | cut -d' ' -f1)
    before=:
    from_memory=$(timed "cat $s44/*.wav >/dev/null" | cut -d' ' -f1)
    if awk "BEGIN { exit !($from_disk > 1.5 * $from_memory) }"; then
        before="drop $s44"
        pair cold "segue measure, 44.1 kHz WAV, from the disk" "<= 1.5 wall" "cat of the files, from the disk" \
            "$measure $s44/*.wav" "cat $s44/*.wav >/dev/null"
        before=:
    else
        echo "measuring from the disk: left out, the page cache cannot be emptied here" >&2
    fi
fi
# Every check of the album and of its sound, nothing known of it from before.
pair check "segue check, 44.1 kHz WAV, all checks of the sound" "<= 2 wall, <= 2 CPU" "segue measure" \
    "rm -rf $XDG_CACHE_HOME/segue/scans; $segue check $s44/album.segue --json || [ \$? -eq 1 ]" "$measure $s44/*.wav"
if needs scan96; then
    pair scan96 "segue measure, 96 kHz WAV" "<= 0.083 wall" "ffmpeg ebur128=peak=true" "$measure $s96/*.wav" "$(ebur "$s96")"
fi
pair scanflac "segue measure, 44.1 kHz FLAC" "<= 0.143 wall" "loudgain -a -k" "$measure $f44/*.flac" "loudgain -q -a -k $f44/*.flac"
if needs overview; then
    ebur "$s44" >/dev/null
    pair overview "overview, loudness and true peak in one pass" "<= 0.2 wall" "ffmpeg showwavespic" \
        "$tools/bench_scan files $s44/*.wav" \
        "ffmpeg -v error -y -f concat -safe 0 -i $work/list-s44 -filter_complex showwavespic=s=4000x400 -frames:v 1 $out/wave.png"
fi
if needs reopen; then
    { echo; echo "| a scanned album of twelve tracks, 70 minutes | median ms | bar |"; echo "|---|---:|---|"; } | tee -a "$rows"
    "$tools/bench_scan" reopen "$s44/album.segue" | while read -r opened changed; do
        echo "| opened, every figure from the cache | $opened | <= 50 |"
        echo "| other gains: every figure again | $changed | <= 10 |"
    done | tee -a "$rows"
fi

if needs frame; then
    { echo; echo "| a picture of the editor | median ms | 99th percentile ms | bar |"; echo "|---|---:|---:|---|"; } |
        tee -a "$rows"
    "$tools/bench_frame" | sed -n 's/^frame: median \(.*\) ms, 99th percentile \(.*\) ms, longest.*/\1 \2/p' |
        { read -r median most; echo "| 99 tracks, 80 minutes, 1440x900, with the lanes of a record, scrolling and zooming: scenes, draw lists, painting | $median | $most | <= 8, <= 16 |"; } |
        tee -a "$rows"
fi
if needs memory; then
    peak() { timed "$1" | cut -d' ' -f3; }
    echo | tee -a "$rows"
    { echo "| peak resident memory | MiB | bar |"; echo "|---|---:|---|"; } | tee -a "$rows"
    mib() { printf '| %s | %.1f | %s |\n' "$1" "$(awk "BEGIN { print $2 / 1024 }")" "$3" | tee -a "$rows"; }
    mib "export ddp, 70 minutes, 44.1 kHz" "$(peak "$export_ddp $s44/album.segue $out/DDP --quiet --allow any")" "<= 32"
    mib "export ddp, 70 minutes, 96 kHz" "$(peak "$export_ddp $s96/album.segue $out/DDP --quiet --allow any")" "<= 32"
    mib "export ddp, 95 minutes, 44.1 kHz" "$(peak "$export_ddp $work/inputs/s44x95/album.segue $out/DDP --quiet --allow any")" "within 10 % of 70"
    mib "rendering stage, 70 minutes" "$(peak "rm -f $out/image; $tools/bench_stage $s44/album.segue $out/image")" "<= 32"
    mib "export wav, 70 minutes" "$(peak "$segue export wav $s44/album.segue $out/w.wav --replace --quiet --allow any")" "<= 32"
    mib "export wav, 210 minutes" "$(peak "$segue export wav $work/inputs/s44x210/album.segue $out/w.wav --replace --quiet --allow any")" "within 10 % of 70"
    mib "measure, 70 minutes, 44.1 kHz" "$(peak "$measure $s44/*.wav")" "<= 32"
    mib "measure, 70 minutes, 96 kHz" "$(peak "$measure $s96/*.wav")" "<= 32"
    mib "measure, 210 minutes, 44.1 kHz" "$(peak "$measure $work/inputs/s44x210/*.wav")" "<= 32, within 10 % of 70"
    anew="rm -rf $XDG_CACHE_HOME/segue/scans; $segue"
    for minutes in 70 210; do
        folder=$s44 bar="<= 32"
        if [ $minutes = 210 ]; then folder=$work/inputs/s44x210 bar="<= 32, within 15 % of 70"; fi
        mib "check, $minutes minutes, 44.1 kHz" "$(peak "$anew check $folder/album.segue --json || [ \$? -eq 1 ]")" "$bar"
        mib "balance, $minutes minutes, 44.1 kHz" "$(peak "$anew balance $folder/album.segue --mode integrated --target -16")" "$bar"
    done
    mib "vinyl, 70 minutes" "$(peak "$segue vinyl $s44/*.wav --json || [ \$? -eq 1 ]")" "<= 64"
    mib "verify --audio, 70 minutes" "$(peak "$segue verify $out/SET --json --audio")" "<= 32"
fi
{
    echo
    echo "$(date -u +%Y-%m-%d), $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), medians of $pairs pairs, inputs in the page cache;"
    echo "file system: $(df --output=fstype "$out" | tail -n 1), load before: $(cut -d' ' -f1-3 /proc/loadavg)."
} | tee -a "$rows"
rm -rf "$out"
