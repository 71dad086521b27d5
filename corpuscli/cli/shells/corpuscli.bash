# Completion of corpuscli for bash 4.4 or later.
_corpuscli() {
    local -a answer
    mapfile -t answer < <("$1" completion --words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    [[ ${answer[0]-} == nospace ]] && compopt -o nospace
    COMPREPLY=("${answer[@]:1}")
    COMPREPLY=("${COMPREPLY[@]%%$'\t'*}")
}
complete -o default -F _corpuscli corpuscli
