#!/bin/sh
# Titles by the dates of their photos, newest first.
#   examples/titles-by-date.sh DUMP...
set -eu
[ $# -ge 1 ] || { echo "usage: $0 DUMP..." >&2; exit 2; }
corpuscli list --sort photo_date --reverse --since 1900 --quiet --fields photo_date,title "$@"
