#!/usr/bin/env bash
# clang-format and clang-tidy (19) over the sources; prints what they object to and fails if they do.
#   tests/tidy.sh [FILE...]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
if [ $# -eq 0 ]; then
    mapfile -t all < <(git ls-files '*.cpp' '*.h')
    clang-format-19 --dry-run --Werror "${all[@]}"
    mapfile -t files < <(git ls-files 'src/*.cpp' 'ddp/*.cpp' 'gui/*.cpp')
else
    files=("$@")
fi
# g++'s precompiled header is nothing clang-tidy could read.
cmake --preset clang -DBUILD_TESTING=OFF -DSEGUE_BUILD_GUI=ON -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >/dev/null
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build/clang --quiet
