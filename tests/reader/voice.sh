#!/bin/sh
# The voice of the reading pass: it speaks into a file. One line when it begins and one when it has said everything, so that speech
# that was cut off can be told from speech that was heard. It takes as long as a fast listener's voice takes (35 letters a second).
words=$(printf '%s' "$1" | tr '\t\n' '  ')
printf '%s\tbegan\t%s\t%s\n' "$(date +%s.%N)" "$$" "$words" >> "$HEARD"
sleep "$(awk -v n="${#1}" 'BEGIN { print n / 35 }')"
printf '%s\tended\t%s\t\n' "$(date +%s.%N)" "$$" >> "$HEARD"
