#!/usr/bin/env bash
# tier: nightly
# The parsers of a DDP, each over invented inputs, and whole folders of them. CRCs and checksum lists are mended in most
# inputs (tests/fuzz/cd_text_fuzz.cpp, fileset_fuzz.cpp), so that they do not end what chance began.
exec "$(dirname "$0")/fuzz_rows.sh" P1 cd_text checksum_list ddpid ddpms fileset pq
