#!/usr/bin/env bash
# Plays through PortAudio into a PipeWire null sink of its own, in real time, and records what arrived there:
# two tones of 2 s with a second between them. PipeWire's graph runs at 48 kHz, so levels and times are
# compared, not samples. Skipped, saying why, where PipeWire cannot run. play_pipewire.sh PLAY_CHECK
set -euo pipefail
program=$1
for needed in pipewire wireplumber pw-record pw-cli dbus-run-session sox; do
    command -v $needed > /dev/null || { echo "SKIPPED: $needed is not installed"; exit 77; }
done
if [ -z "${SEGUE_IN_SESSION:-}" ]; then
    SEGUE_IN_SESSION=1 exec dbus-run-session -- "$0" "$program"
fi

work=$(mktemp -d)
children=""
cleanup() { for child in $children; do kill "$child" 2> /dev/null || true; done; wait; rm -rf "$work"; }
trap cleanup EXIT
fail() { echo "FAILED: $1"; tail -n 20 "$work"/*.txt "$work"/*.log; exit 1; }
await() { # SECONDS CONDITION...
    local left=$(($1 * 10)); shift
    until "$@" > /dev/null 2>&1; do
        left=$((left - 1)); [ $left -gt 0 ] || return 1; sleep 0.1
    done
}

export XDG_RUNTIME_DIR=$work/run XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state
mkdir -p -m 700 "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME/pipewire/pipewire.conf.d"
cat > "$XDG_CONFIG_HOME/pipewire/pipewire.conf.d/sink.conf" <<'CONF'
context.objects = [
  { factory = adapter
    args = { factory.name = support.null-audio-sink  node.name = "test-sink"  media.class = "Audio/Sink"
             audio.position = [ FL FR ]  object.linger = true } }
]
CONF
pipewire > "$work/pipewire.log" 2>&1 & children="$children $!"
await 10 pw-cli info 0 || { echo "SKIPPED: PipeWire does not start here"; cat "$work/pipewire.log"; exit 77; }
wireplumber > "$work/wireplumber.log" 2>&1 & children="$children $!"
sinkIsThere() { pw-cli ls Node | grep -q test-sink; }
await 10 sinkIsThere || { echo "SKIPPED: PipeWire makes no null sink here"; exit 77; }
sleep 2 # wireplumber has to find it

# PipeWire's own player has to get through, before ours is judged.
sox -n -r 48000 -c 2 "$work/silence.wav" trim 0 0.2
timeout 5 pw-play --target test-sink "$work/silence.wav" > "$work/own.log" 2>&1 ||
    { echo "SKIPPED: PipeWire plays nothing here, its own pw-play included"; exit 77; }

"$program" list > "$work/list.txt" 2> "$work/list.err.txt"
grep -q pipewire "$work/list.txt" || { echo "SKIPPED: ALSA has no pipewire device (package pipewire-alsa)"; exit 77; }
pw-record --target test-sink -P '{ stream.capture.sink=true }' --rate 48000 --channels 2 "$work/heard.wav" \
    > "$work/record.log" 2>&1 & recorder=$!
children="$children $recorder"
await 10 test -s "$work/heard.wav" || fail "nothing is recorded"
sleep 1
"$program" play pipewire 6 > "$work/play.txt" 2> "$work/play.err.txt" || fail "the program"
kill -INT $recorder; wait $recorder || true

cat "$work/play.txt"
[ ! -s "$work/play.err.txt" ] || fail "noise on stderr"
value() { sed -n "s/^$1 //p" "$work/play.txt"; }
[ "$(value underruns)" = 0 ] || fail "underruns"
[ "$(value proven)" = 0 ] || fail "a converting layer is no proof of the rate"
heard=$(value heard)
[ "$heard" -gt 240000 ] && [ "$heard" -lt 266000 ] || fail "6 s are 264600 samples less latency, not $heard"

# From the first sound on: level and length of each part.
sox "$work/heard.wav" "$work/sound.wav" silence 1 1 0.1%
peak() { sox "$work/sound.wav" -n trim "$1" "$2" stat 2>&1 | sed -n 's/^Maximum amplitude: *//p'; }
near() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a > b - 0.003 && a < b + 0.003) }'; }
near "$(peak 0.1 1.8)" 0.25 || fail "the first tone's level: $(peak 0.1 1.8)"
near "$(peak 2.05 0.9)" 0 || fail "the pause: $(peak 2.05 0.9)"
near "$(peak 3.1 1.8)" 0.125 || fail "the second tone's level: $(peak 3.1 1.8)"
echo "The recording holds both tones and the pause between them"
