#!/usr/bin/env bash
# The torture tests: builds, runs every row of the torture table, and writes down what was tried.
#   tests/torture/run.sh [quick|nightly|release] [ID...]
# Figures go to build/torture/figures.tsv (id, what, tried, bad, note, seconds); tests/torture/publish.sh makes the
# table of docs/reliability.md from them. Rows are cases of segue_torture ("K1: ...") and scripts ID_name.sh here.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
export SEGUE_TIER=${1:-quick}
shift || true
case $SEGUE_TIER in quick | nightly | release) ;; *)
    echo "The tier is quick, nightly or release, not \"$SEGUE_TIER\"" >&2
    exit 2
    ;;
esac
./samples/install-packages.sh --tests || exit 1
launcher=""
if command -v ccache >/dev/null; then launcher="-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"; fi
cmake --preset headless $launcher >/dev/null && cmake --build --preset headless -j "$(nproc)" \
    --target segue segue_tests segue_torture make_sample_album || exit 1
export SEGUE=$root/build/headless/segue
# Every export renders for itself: nothing may come from what an earlier one left. The compiler's cache stays where it is.
export CCACHE_DIR=${CCACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/ccache}
export XDG_CACHE_HOME=/dev/null
out=$root/build/torture
mkdir -p "$out"
failed=0

# Runs one part of a row; every figure it wrote gets the part's seconds. The first part takes the row's old figures away.
last=""
row() { # ID COMMAND...
    local id=$1 start=$SECONDS
    shift
    if [ "$last" != "$id" ]; then
        last=$id
        : >"$out/$id.log"
        touch "$out/figures.tsv"
        grep -v "^$id	" "$out/figures.tsv" >"$out/figures.new" || true
        mv "$out/figures.new" "$out/figures.tsv"
    fi
    export SEGUE_FIGURES=$out/$id.part
    : >"$SEGUE_FIGURES"
    echo "== $id"
    if "$@" >>"$out/$id.log" 2>&1; then
        echo "   as promised, $((SECONDS - start)) s"
    else
        failed=1
        echo "   FAILED; the end of $out/$id.log:"
        tail -n 30 "$out/$id.log"
    fi
    sed "s/\$/	$((SECONDS - start))	$SEGUE_TIER/" "$SEGUE_FIGURES" >>"$out/figures.tsv"
    rm "$SEGUE_FIGURES"
}

cases=$(build/headless/tests/torture/segue_torture --list-test-cases --no-skip | grep -oE '^[A-Z][0-9]+:' | tr -d : | sort -Vu)
scripts=$(find tests/torture -name '[A-Z][0-9]*_*.sh' -printf '%f\n' | sed 's/_.*//' | sort -Vu)
for id in $(printf '%s\n%s\n' "$cases" "$scripts" | sort -Vu); do
    if [ $# -gt 0 ] && [[ " $* " != *" $id "* ]]; then continue; fi
    if grep -qx "$id" <<<"$cases"; then
        row "$id" build/headless/tests/torture/segue_torture --no-skip --test-case="$id:*"
    fi
    for script in tests/torture/"$id"_*.sh; do
        # A script says in its second line from which tier on it runs: "# tier: nightly".
        [ -f "$script" ] || continue
        from=$(sed -n 's/^# tier: //p' "$script")
        if [ "$SEGUE_TIER" = quick ] && [ "$from" != quick ]; then continue; fi
        if [ "$SEGUE_TIER" = nightly ] && [ "$from" = release ]; then continue; fi
        row "$id" "$script"
    done
done
sort -V -o "$out/figures.tsv" "$out/figures.tsv"
exit "$failed"
