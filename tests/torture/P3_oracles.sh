#!/usr/bin/env bash
# tier: nightly
# CD-Text against libburn and libcdio: 5,000 random ones of each kind.
exec "$(dirname "$0")/suite_rows.sh" P3 10 100 '*unit/ddp/cd_text_oracle_test.cpp'
