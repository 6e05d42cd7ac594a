#!/usr/bin/env bash
# tier: nightly
# The parsers of all other inputs: cue sheets, projects, headers of audio files, times and codes as people type them.
exec "$(dirname "$0")/fuzz_rows.sh" P2 audio cue project words
