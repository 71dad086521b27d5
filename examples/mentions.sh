#!/bin/sh
# How many articles mention each of the words in a file, one word per line.
#   examples/mentions.sh WORDS DUMP
set -eu
[ $# -ge 2 ] || { echo "usage: $0 WORDS DUMP" >&2; exit 2; }
while IFS= read -r word; do
    found=$(corpuscli grep -lwF -e "$word" "$2") || [ $? -eq 1 ] || exit 2
    printf '%s\t%s\n' "$(printf '%s' "${found:+$found
}" | wc -l | tr -d ' ')" "$word"
done < "$1"
