#!/bin/sh
# Titles in the order of their photos' dates, the newest first.
#   examples/titles-by-date.sh DUMP...
set -eu
corpuscli list --sort photo_date --reverse --since 1900 --quiet --fields photo_date,title "$@"
