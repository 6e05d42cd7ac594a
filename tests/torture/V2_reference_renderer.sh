#!/usr/bin/env bash
# tier: nightly
# The renderer against the second one of tests/reference, which shares nothing with it but the album: 1,000 albums.
exec "$(dirname "$0")/suite_rows.sh" V2 5 50 '*reference/reference_test.cpp'
