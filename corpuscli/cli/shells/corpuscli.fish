# Completion of corpuscli for fish.
function __corpuscli_candidates
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l answer ($before[1] completion --words -- $before[2..] "$current" 2>/dev/null)
    if test (count $answer) -le 1
        __fish_complete_path "$current"
    else if test $answer[1] = nospace
        # Behind a comma fish puts no space; corpuscli does not mind one at the end.
        string replace -r '^([^\t]*)' '$1,' -- $answer[2..]
    else
        printf '%s\n' $answer[2..]
    end
end
complete -c corpuscli -f -a '(__corpuscli_candidates)'
