#!/usr/bin/env bash
# How many times faster the writers are than the usual Python libraries: both sides in turn, on one core, over the same
# content, documents for each second of processor time. Prints the median ratio of each case and the bar it has to meet.
#   benches/against_python.sh            all cases
#   benches/against_python.sh xlsx pdf   those whose name holds one of the words
# PYTHON names a Python with the packages of python_baseline.py; CORE the core (0); ROUNDS the repetitions (5).
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
core=${CORE:-0}
rounds=${ROUNDS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1

bench=$(cargo bench --quiet --bench formats --no-run --message-format=json |
  sed -n 's/.*"name":"formats".*"executable":"\([^"]*\)".*/\1/p' | tail -n 1)
pinned() { taskset -c "$core" "$@"; }
wanted() { [ $# = 1 ] && return; local word; for word in "${@:2}"; do [[ $1 == *$word* ]] && return; done; return 1; }
median() { sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

failed=0
printf '%-12s %12s %12s %8s %8s %6s  %s\n' case 'ours/CPU-s' 'theirs/CPU-s' ratio spread bar content
while IFS=$'\t' read -r name extension job bar; do
  wanted "$name" "$@" || continue
  content=equal
  for number in 0 1 2; do
    pinned "$bench" save "$name" "$number" "$work/ours.$extension"
    pinned "$python" benches/python_cases.py save "$job" "$number" "$work/theirs.$extension"
    "$python" benches/equal_content.py "$work/ours.$extension" "$work/theirs.$extension" >"$work/equal" ||
      { content=differs; cat "$work/equal"; failed=1; }
  done
  : >"$work/rates"
  for _ in $(seq "$rounds"); do
    ours=$(pinned "$bench" rate "$name" 300)
    theirs=$(pinned "$python" benches/python_cases.py rate "$job" 30)
    echo "$ours $theirs" | awk '{ print $1 / $2, $1, $2 }' >>"$work/rates"
  done
  ratio=$(cut -d' ' -f1 "$work/rates" | median)
  spread=$(sort -g "$work/rates" | awk 'NR == 1 { low = $1 } END { printf "%.0f-%.0f", low, $1 }')
  printf '%-12s %12.1f %12.1f %8.1f %8s %6s  %s\n' "$name" "$(cut -d' ' -f2 "$work/rates" | median)" \
    "$(cut -d' ' -f3 "$work/rates" | median)" "$ratio" "$spread" "$bar" "$content"
  awk -v ratio="$ratio" -v bar="$bar" 'BEGIN { exit !(ratio < bar) }' && failed=1
done < <("$bench" list)
exit "$failed"
