#!/usr/bin/env bash
# Plays through PortAudio into ALSA's null device, which takes frames as fast as it gets them, and without any
# device at all. play_null.sh PLAY_CHECK
set -euo pipefail
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $1"; cat "$work"/*.txt; exit 1; }

# No device, and not even a configuration: a normal state, and not a word on stderr.
: > "$work/nothing.conf"
echo 'pcm.!default { type hw card 31 } ctl.!default { type hw card 31 }' > "$work/none.conf"
for configuration in none nothing; do
    ALSA_CONFIG_PATH=$work/$configuration.conf "$program" play "" 1 > "$work/none.txt" 2> "$work/none.err.txt" \
        || fail "without a device ($configuration)"
    grep -q "^state 3" "$work/none.txt" || fail "the state is not noDevice ($configuration)"
    grep -q "^reason No audio device was found" "$work/none.txt" || fail "no device is not said ($configuration)"
    [ ! -s "$work/none.err.txt" ] || fail "noise on stderr ($configuration)"
done

echo 'pcm.!default { type null } ctl.!default { type null }' > "$work/null.conf"
ALSA_CONFIG_PATH=$work/null.conf "$program" play default 1 > "$work/null.txt" 2> "$work/null.err.txt" || fail "into the null device"
[ ! -s "$work/null.err.txt" ] || fail "noise on stderr"
grep -q "^device default" "$work/null.txt" || fail "the null device was not opened"
[ "$(sed -n 's/^heard //p' "$work/null.txt")" -gt 0 ] || fail "nothing was heard"
cat "$work/null.txt"
