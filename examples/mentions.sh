#!/bin/sh
# How many articles mention each of the words in a file, one word a line.
#   examples/mentions.sh WORDS DUMP
set -eu
[ $# -ge 2 ] || { echo "usage: $0 WORDS DUMP" >&2; exit 2; }
while IFS= read -r word; do
    printf '%s\t%s\n' "$(corpuscli grep -lwF -e "$word" "$2" | wc -l | tr -d ' ')" "$word"
done < "$1"
