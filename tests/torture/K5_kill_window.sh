#!/usr/bin/env bash
# tier: nightly
# Kills the editor's window at random moments of editing; what the crash left is offered and restored.
set -euo pipefail
exec "$(dirname "$0")/window_row.sh" gui g4
