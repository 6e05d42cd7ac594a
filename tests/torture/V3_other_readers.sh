#!/usr/bin/env bash
# tier: nightly
# What Segue writes, read by programs that others wrote: cdrdao, cdrskin, cd-info, libcdio, cuetools.
exec "$(dirname "$0")/suite_rows.sh" V3 2 10 '*/oracle/*'
