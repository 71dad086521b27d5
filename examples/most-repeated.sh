#!/bin/sh
# Pages that appear in a dump more than once: how often, and the title.
#   examples/most-repeated.sh DUMP...
set -eu
[ $# -ge 1 ] || { echo "usage: $0 DUMP..." >&2; exit 2; }
corpuscli list --fields id,title "$@" | sort | uniq -c | sort -k1,1nr -k2 | awk '$1 > 1 {
    count = $1; $1 = $2 = ""; sub(/^ +/, ""); print count "\t" $0
}'
