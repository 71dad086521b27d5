#!/bin/sh
# Clean a dump and prove that every article in it still reads the same.
#   examples/check-a-cleaned-dump.sh DUMP CLEAN
set -eu
[ $# -ge 2 ] || { echo "usage: $0 DUMP CLEAN" >&2; exit 2; }
corpuscli dedupe-captions -o "$2" "$1"
fields=number,id,title,deck,byline
corpuscli list --fields "$fields" "$1" > "$2.before"
corpuscli list --fields "$fields" "$2" | cmp - "$2.before"
rm "$2.before"
echo "saved $(($(wc -c < "$1") - $(wc -c < "$2"))) bytes"
