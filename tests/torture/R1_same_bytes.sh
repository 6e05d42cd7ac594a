#!/usr/bin/env bash
# tier: nightly
# The same project gives the same bytes, whoever built Segue and however it is run: unoptimised, -O2, -O3, clang and
# sanitizer builds, 1, 2 and 8 threads, another folder, user, home and umask. Compared is every file of the export and
# its reports: IMAGE.DAT, DDPID, DDPMS, PQDESCR, CDTEXT.BIN, checksums, cue, PQ sheets, JSON, text.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$root/build/torture
out=$work/r1
cd "$root"
launcher=""
if command -v ccache >/dev/null; then launcher="-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"; fi

# One preset each, in a build folder of its own; a further word is another optimisation.
build() { # NAME PRESET [CMAKE WORDS...]
    local name=$1 preset=$2
    shift 2
    cmake --preset "$preset" -B "$work/r1-$name" -DBUILD_TESTING=OFF $launcher "$@" >"$work/r1-$name.log" 2>&1 &&
        cmake --build "$work/r1-$name" -j "$(nproc)" --target segue >>"$work/r1-$name.log" 2>&1 &&
        return
    tail -n 20 "$work/r1-$name.log"
    echo "The build $name failed"
    exit 1
}
# SEGUE_R1_BUILDS takes fewer of them.
wanted=" ${SEGUE_R1_BUILDS:-O0 O3 clang asan} "
[[ $wanted = *" O0 "* ]] && build O0 headless "-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O0 -D_GLIBCXX_ASSERTIONS"
[[ $wanted = *" O3 "* ]] && build O3 release
[[ $wanted = *" clang "* ]] && build clang clang
[[ $wanted = *" asan "* ]] && build asan asan
cmake --build build/headless --target segue make_sample_album -j "$(nproc)" >/dev/null || exit 1
declare -A segue=([O0]=$work/r1-O0/segue [O2]=$root/build/headless/segue [O3]=$work/r1-O3/segue
    [clang]=$work/r1-clang/segue [asan]=$work/r1-asan/segue)
export ASAN_OPTIONS=detect_leaks=0

# Two projects: the sample album, and a small one of other rates and widths with shaped dither.
rm -rf "$out"
mkdir -p "$out/sample" "$out/small"
build/headless/samples/make_sample_album "$out/sample" || exit 1
samples/assemble.sh "${segue[O2]}" "$out/sample" || exit 1
mv "$out/sample/Harbour Lights.segue" "$out/sample/album.segue"
(
    cd "$out/small" || exit 1
    sox -R -n -b 24 -r 48000 -c 2 a.wav synth 5 pinknoise gain -6 &&
        sox -R -n -b 16 -r 44100 -c 2 b.wav synth 6 whitenoise gain -12 &&
        sox -R -n -b 24 -r 96000 -c 1 c.wav synth 4.7 brownnoise gain -6 &&
        sox -R -n -b 32 -e floating-point -r 88200 -c 2 d.wav synth 5 sine 997 gain -20 &&
        "${segue[O2]}" new album.segue --title "Naïve I" --gap 1.5 a.wav b.wav c.wav d.wav --quiet &&
        "${segue[O2]}" set album.segue -t 2 --fade-in 0.5:cosine --gain=-1.25 --quiet &&
        "${segue[O2]}" set album.segue -t 3 --crossfade 1:equal-power --quiet
) || exit 1

runs=0 files=0 bad=0
# Exports OUT from the project, in the current folder, and compares every file with the first export's.
compare() { # WHAT FOLDER-OF-EXPORT ALBUM
    local first=$out/$3/first
    runs=$((runs + 1))
    if [ ! -d "$first" ]; then
        cp -r "$2" "$first"
        (cd "$first/OUT" && md5sum --quiet -c CHECKSUM.MD5) || bad=$((bad + 1)) # a program that others wrote
        return
    fi
    local one list
    list=$(cd "$first" && find . -type f | sort)
    if [ "$list" != "$(cd "$2" && find . -type f | sort)" ]; then
        echo "$3, $1: other files"
        bad=$((bad + 1))
        return
    fi
    while read -r one; do
        files=$((files + 1))
        cmp -s "$first/$one" "$2/$one" && continue
        echo "$3, $1: $one differs"
        bad=$((bad + 1))
    done <<<"$list"
}
# OUT and its reports, with WAV cue sheet and TOC file, in a folder that is taken away again.
exported() { # WHAT ALBUM COMMAND...
    local what=$1 album=$2 dither=tpdf
    shift 2
    [ "$album" = small ] && dither=shaped-strong
    local to
    to=$(mktemp -d "$out/to.XXXXXX")
    chmod 777 "$to"
    if "$@" export ddp "$out/$album/album.segue" "$to/OUT" --dither "$dither" --image-cue --checksum-txt --quiet \
        "${threads[@]}" >"$to.log" 2>&1 &&
        "$@" export cue "$out/$album/album.segue" "$to/image.cue" --dither "$dither" --quiet "${threads[@]}" \
            >>"$to.log" 2>&1 &&
        "$@" check "$out/$album/album.segue" --json >"$to/check.json" 2>>"$to.log"; then
        compare "$what" "$to" "$album"
    else
        echo "$album, $what: the export failed"
        cat "$to.log"
        bad=$((bad + 1))
    fi
    rm -rf "$to" "$to.log"
}

as_nobody=() other="another user name and home in the environment alone"
if [ "$(id -u)" = 0 ] && setpriv --reuid 65534 --regid 65534 --clear-groups test -x "${segue[O2]}" 2>/dev/null; then
    as_nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
    other="another user"
fi
chmod -R a+rX "$out"
for album in sample small; do
    for name in O2 $wanted; do
        for count in 1 2 8; do
            # The slow builds need not do everything.
            if [ "$count" = 8 ] && [ "$name" != O2 ] && [ "$name" != clang ]; then continue; fi
            if [ "$count" = 1 ] && [ "$album/$name" = sample/asan ]; then continue; fi
            threads=(--threads "$count")
            exported "build $name, $count threads" "$album" "${segue[$name]}"
        done
    done
    threads=()
    pushd / >/dev/null && exported "folder /" "$album" "${segue[O2]}"
    popd >/dev/null || exit 1
    exported "$other" "$album" env USER=somebody LOGNAME=somebody HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent \
        "${as_nobody[@]}" "${segue[O2]}"
    before=$(umask)
    for mask in 077 000; do
        umask $mask
        exported "umask $mask" "$album" "${segue[O2]}"
    done
    umask "$before"
    exported "an empty environment, another time zone" "$album" env -i TZ=Pacific/Apia "${segue[O2]}"
done
echo "$runs exports, $files files compared, $bad differ"
md5sum "$out"/*/first/OUT/IMAGE.DAT
printf 'R1\t%s\t%s\t%s\t%s\n' \
    "exports by several builds, 3 numbers of threads, another folder, user, umask and environment, 2 albums" "$runs" "$bad" \
    "$files files compared byte by byte; builds O2${wanted% } (g++, clang 19 -O2, ASan); $other" >>"${SEGUE_FIGURES:-/dev/null}"
find "$out" -name 'to.*' -exec rm -rf {} +
[ "$bad" = 0 ]
