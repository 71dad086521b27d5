#!/bin/sh
# Titles in the order of their photos' dates, the newest first.
#   examples/titles-by-date.sh DUMP...
set -eu
[ $# -ge 1 ] || { echo "usage: $0 DUMP..." >&2; exit 2; }
corpuscli list --sort photo_date --reverse --since 1900 --quiet --fields photo_date,title "$@"
