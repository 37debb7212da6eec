# Runs a program until it ends, or until standard input does: that is when the process which started this one is gone,
# because the kernel closes a pipe even after kill -9. Nothing is ever written to the pipe.
#
# Arguments: the program and its arguments. Exit status: the program's.
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
(
    while read -r _; do :; done <&3
    kill -TERM "$program"
    seconds=0
    while [ "$seconds" -lt 30 ] && kill -0 "$program"; do
        sleep 1
        seconds=$((seconds + 1))
    done
    kill -KILL "$program"
) >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$program"
status=$?
kill "$watcher" 2>/dev/null
exit "$status"
