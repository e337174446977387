#!/usr/bin/env bash
# The long bars of the runner, with their figures. Takes many minutes; `cargo test` covers a sample of the same.
#   tests/runner_bars.sh            all of them
#   tests/runner_bars.sh overhead   one: overhead threads proofs long crash flips shell hostile people clients resaved
# Needs: python3; for `clients` the package mcp 2, for `resaved` openpyxl, python-docx, python-pptx and LibreOffice
# (PYTHON=… says with which Python).
set -uo pipefail
cd "$(dirname "$0")/.."

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failed=0
profile=${PROFILE:-release}
flag="--profile $profile"

cargo build --quiet $flag || exit 1
worldrun=$PWD/target/$profile/worldrun
worldc=$PWD/target/$profile/worldc
"$worldc" build specs/fpa_march.world --seed 1 --out "$place/image" >/dev/null || exit 1

tests() { # name of the bar, what is tested
  local name=$1; shift
  if cargo test --quiet $flag "$@" -- --include-ignored >"$place/log" 2>&1; then
    printf '%-10s %s\n' "$name" "$(grep -E '^test result' "$place/log" | tail -n 1)"
  else
    tail -n 40 "$place/log"; printf '%-10s FAILED\n' "$name"; failed=1
  fi
}

overhead() { # what a turn, a start, a month and a long journal cost
  python3 - "$worldrun" "$place" <<'PY' || failed=1
import json, os, resource, statistics, subprocess, sys, time

worldrun, place = sys.argv[1:3]
AGENT = """
import json, sys, time
read = lambda: json.loads(sys.stdin.readline())
read()
figures = []
for turn in range(int(sys.argv[1])):
    note = "Documents/note %d.txt" % (turn % 40)
    call = [("write_file", {"path": note, "content": "turn %d " % turn * 50}), ("list_mails", {"offset": turn % 30}),
            ("read_text_file", {"path": "Documents/note 0.txt"}), ("directory_tree", {"path": "Documents"}),
            ("search_contacts", {"query": ""}), ("get_current_time", {})][turn % 6]
    if len(sys.argv) > 3: call = ("get_current_time", {})
    before = time.perf_counter()
    print(json.dumps({"tool": call[0], "arguments": call[1]}), flush=True)
    answer = read()
    figures.append(time.perf_counter() - before)
    if "month is over" in answer["clock"] + answer["text"]: break
json.dump(figures, open(sys.argv[2], "w"))
"""
with open(f"{place}/agent.py", "w") as file:
    file.write(AGENT)


def said(name, figure, unit, bar):
    good = figure < bar
    print(f"overhead   {name}: {figure:.2f} {unit}, the bar is {bar}{'' if good else '  FAILED'}")
    return good


def run(name, turns, *words, short=""):
    command = f"cmd:python3 {place}/agent.py {turns} {place}/{name}.json {short}"
    before = time.perf_counter()
    subprocess.run([worldrun, "run", f"{place}/image", "--out", f"{place}/{name}", "--agent", command,
                    "--agent-folder", place, "--unconfined", *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - before, json.load(open(f"{place}/{name}.json"))


def timed(*words):
    before = time.perf_counter()
    subprocess.run([worldrun, *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - before


good = []
whole, figures = run("fast", 2_000, "--no-sync")
good.append(said("median turn without sync", 1000 * statistics.median(figures), "ms", 1))
good.append(said(f"{len(figures)} turns as a whole", whole, "s", 20))
size = os.path.getsize(f"{place}/fast/journal.jsonl") / 1e6
good.append(said("their journal without blobs", size, "MB", 10))
good.append(said("their replay", timed("replay", f"{place}/fast", "--image", f"{place}/image"), "s", 20))
_, figures = run("synced", 300)
good.append(said("median turn with sync", 1000 * statistics.median(figures), "ms", 10))
_, figures = run("shell", 500, "--no-sync", "--shell")
good.append(said("median turn with a shell, without sync", 1000 * statistics.median(figures), "ms", 10))
starts = []
for at in range(7):
    starts.append(timed("run", f"{place}/image", "--out", f"{place}/start{at}", "--agent", "idle"))
good.append(said("start and an idle month", 1000 * statistics.median(starts), "ms", 200))
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
good.append(said("most memory of a month", memory, "MB", 200))
_, figures = run("endless", 100_000, "--no-sync", "--calls", "1000000", "--day-calls", "1000000", short="x")
turns = len(figures)
good.append(said(f"show {turns} turns", timed("show", f"{place}/endless"), "s", 10))
resume = ["resume", f"{place}/cut", "--image", f"{place}/image", "--agent", "idle", "--no-sync"]
subprocess.run([worldrun, "fork", f"{place}/endless", "--at", str(turns - 1000), "--out", f"{place}/cut"], check=True,
               stdout=subprocess.DEVNULL)
good.append(said(f"resume after {turns - 1000} turns", timed(*resume), "s", 30))
sys.exit(not all(good))
PY
}

threads() { # the clerk's month on one thread and on eight, and once more
  local hashes
  hashes=$(for run in 1 8 8again; do
    RAYON_NUM_THREADS=${run%again} "$worldrun" run "$place/image" --agent clerk --out "$place/on$run" --no-sync | grep journal
  done)
  printf 'threads    three months, journal hashes: %s\n' "$(sort -u <<<"$hashes" | xargs)"
  [ "$(sort -u <<<"$hashes" | wc -l)" = 1 ] || { echo "threads    FAILED"; failed=1; }
}

bar() {
  case $1 in
    overhead) overhead ;;
    threads) threads ;;
    proofs) tests proofs --test prove ;;
    long) tests long --test runs a_long_run ;;
    crash) tests crash --test runs two_hundred ;;
    flips) tests flips --test runs a_thousand ;;
    hostile) tests hostile --lib hostile; python3 tests/hostile.py "$worldrun" "$worldc" || failed=1 ;;
    shell) tests shell --lib shell_tests ;;
    people) tests people --lib people_tests ;;
    clients) "${PYTHON:-python3}" tests/faces.py "$worldrun" "$place/image" || failed=1 ;;
    resaved) "${PYTHON:-python3}" tests/resaved.py "$worldrun" "$worldc" 1 2 3 4 5 || failed=1 ;;
    *) echo "there is no bar named $1"; exit 2 ;;
  esac
}

[ $# -gt 0 ] || set -- overhead threads proofs long crash flips shell hostile people clients resaved
for name in "$@"; do bar "$name"; done
exit $failed
