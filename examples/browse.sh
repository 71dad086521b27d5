#!/bin/sh
# Browse a dump with fzf: its articles on the left, the one under the cursor on the right.
# Enter reads the article in a pager, Ctrl-E opens its line of the dump in your editor.
export DUMP="${1:?usage: browse.sh DUMP}"
corpuscli list --fields number,line,photo_date,title "$DUMP" |
    fzf --delimiter='\t' --with-nth=1,3.. --tabstop=12 --layout=reverse \
        --header='enter: read   ctrl-e: edit the dump   esc: leave' \
        --preview='corpuscli show {1} "$DUMP"' --preview-window='right,55%,wrap' \
        --bind='enter:execute(corpuscli show {1} "$DUMP" | less)' \
        --bind='ctrl-e:execute(${EDITOR:-vi} +{2} "$DUMP")'
