#compdef corpuscli
# Completion of corpuscli for zsh.
_corpuscli() {
    local -a answer candidates suffix
    local line
    answer=("${(@f)$(${(Q)words[1]} completion --words -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    for line in "${(@)answer[2,-1]}"; do
        candidates+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    if (( ! $#candidates )); then
        _files
    else
        # A comma follows a field, and goes again if anything else does.
        [[ $answer[1] == nospace ]] && suffix=(-qS ,)
        _describe -V corpuscli candidates $suffix
    fi
}
if [[ $funcstack[1] == _corpuscli ]]; then
    _corpuscli "$@"
else
    compdef _corpuscli corpuscli
fi
