#!/usr/bin/env bash
# A desktop of its own for one command: screen, window manager, session bus, home; nothing of this machine's settings.
#   [DESK_SIZE=1440x900] desk.sh COMMAND...
# The command finds a scratch folder in DESK, which goes when it ends (kept with DESK_KEEP=1).
set -uo pipefail
DESK=$(mktemp -d "${TMPDIR:-/tmp}/segue-desk-XXXXXX")
pids=()
# shellcheck disable=SC2317  # called by the trap
tidy() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
    wait 2>/dev/null
    if [ -n "${DESK_KEEP:-}" ]; then echo "kept: $DESK"; else rm -rf "$DESK"; fi
}
trap tidy EXIT
trap 'exit 130' INT TERM
fail() {
    echo "desk.sh: $1" >&2
    exit 1
}
# Waits for what is seen to happen, at most a minute or so.
await() {
    for ((i = 0; i < 1000; i++)); do
        if eval "$1" >/dev/null 2>&1; then return 0; fi
        sleep 0.05
    done
    cat "$DESK"/*.log >&2
    fail "waited in vain for: $1"
}

mkdir -p "$DESK"/home/{config,state,cache,data} "$DESK/run"
chmod 700 "$DESK/run"
# Nothing moves by itself: a blinking caret is no observation.
mkdir -p "$DESK/home/config/gtk-3.0"
printf '[Settings]\ngtk-cursor-blink=0\ngtk-enable-animations=0\n' >"$DESK/home/config/gtk-3.0/settings.ini"
Xvfb -displayfd 6 -screen 0 "${DESK_SIZE:-1440x900}x24" -nolisten tcp 6>"$DESK/display" >"$DESK/xvfb.log" 2>&1 &
pids+=($!)
await '[ -s "$DESK/display" ]'
DISPLAY=:$(head -n 1 "$DESK/display")
# No sound card: a device that takes everything at once.
echo 'pcm.!default { type null } ctl.!default { type null }' >"$DESK/alsa.conf"

clean=(env -i PYTHONDONTWRITEBYTECODE=1 PATH="/usr/bin:/bin" LANG=C.UTF-8 TZ=UTC HOME="$DESK/home" DESK="$DESK" DISPLAY="$DISPLAY" GDK_BACKEND=x11
    XDG_CONFIG_HOME="$DESK/home/config" XDG_STATE_HOME="$DESK/home/state" XDG_CACHE_HOME="$DESK/home/cache"
    XDG_DATA_HOME="$DESK/home/data" XDG_RUNTIME_DIR="$DESK/run" GSETTINGS_BACKEND=memory GVFS_DISABLE_FUSE=1
    ALSA_CONFIG_PATH="$DESK/alsa.conf" GTK_THEME="${GTK_THEME:-Adwaita}" GDK_SCALE="${GDK_SCALE:-1}")
for name in SEGUE SEGUE_EDITOR SEGUE_GUI_SHOT SEGUE_SAMPLE SEGUE_MONKEY SEGUE_TIER SEGUE_FIGURES SEGUE_SEED ASAN_OPTIONS LSAN_OPTIONS UBSAN_OPTIONS DESK_KEEP \
    PICTURES GDK_SCALE; do
    if [ -n "${!name:-}" ]; then clean+=("$name=${!name}"); fi
done
"${clean[@]}" openbox --sm-disable --config-file "$(dirname "$0")/openbox.xml" >"$DESK/openbox.log" 2>&1 &
pids+=($!)
await '"${clean[@]}" xprop -root _NET_SUPPORTING_WM_CHECK | grep -q "window id"'
"${clean[@]}" dbus-run-session -- "$@"
