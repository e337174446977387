#!/usr/bin/env bash
# The long bars in full, with their figures. Takes many minutes; `cargo test` covers a sample of the same.
#   tests/bars.sh            all of them
#   PROFILE=dev tests/bars.sh formats foreign      with what `cargo test` has built, instead of the profile `checking`
#   tests/bars.sh times      one: roots formats twins stability errors proofs mutations times passes readers foreign targets
# Needs: python3, and for `roots` and `formats` faketime, for `readers` and `foreign` the packages of .ci/run, for `targets` what tests/cross.sh needs.
set -uo pipefail
cd "$(dirname "$0")/.."

worlds=(specs/hello.world specs/fpa_march.world specs/site_manager.world)
seeds=(1 7)
fast=$(mktemp -d "$([ -d /dev/shm ] && echo /dev/shm || echo /tmp)/bars.XXXXXX")
trap 'rm -rf "$fast"' EXIT
failed=0

say() { printf '%-10s %s\n' "$1" "$2"; }
fail() { say "$1" "FAILED: $2"; failed=1; }

profile=${PROFILE:-checking}
worldc=$PWD/target/release/worldc
release() { cargo build --quiet --release && cargo build --quiet || exit 1; }

root() { # program and its arguments up to --out; prints the root
  local out; out=$(mktemp -d -u "$fast/w.XXXXXX")
  "$@" --out "$out" >/dev/null 2>"$fast/err" && sha256sum "$out/manifest.json" | cut -d' ' -f1 || cat "$fast/err"
  rm -rf "$out"
}

roots() { # one root whatever the machine, the day and the threads are
  local world seed expected got
  for world in "${worlds[@]}"; do
    for seed in "${seeds[@]}"; do
      local build=("$worldc" build "$world" --seed "$seed")
      expected=$(root "${build[@]}")
      same() { got=$(root "${@:2}"); [ "$got" = "$expected" ] || fail roots "$world@$seed, $1: $got"; }
      same "another folder" "${build[@]}"
      same "TZ" env TZ=Pacific/Kiritimati "${build[@]}"
      same "LANG" env LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 "${build[@]}"
      same "HOME" env HOME=/nowhere "${build[@]}"
      same "no environment" env -i "${build[@]}"
      same "umask" sh -c 'umask 077; "$@"' sh "${build[@]}"
      for threads in 1 2 8; do same "$threads threads" "${build[@]}" --threads "$threads"; done
      same "debug" target/debug/worldc "${build[@]:1}"
      if command -v faketime >/dev/null; then
        same "1999" faketime '1999-12-31 23:59:59' "${build[@]}"
        same "2038" faketime '2038-01-20 00:00:00' "${build[@]}"
      fi
      cp -r "$(dirname "$world")" "$fast/elsewhere"
      same "the spec elsewhere" "$worldc" build "$fast/elsewhere/$(basename "$world")" --seed "$seed"
      rm -rf "$fast/elsewhere"
      say roots "$world@$seed $expected"
    done
  done
}

formats() { # every format: in order, reversed, on eight threads, in processes on other days; the bytes of the golden list each time
  local binary day
  binary=$(cargo test --quiet --profile "$profile" --lib --no-run --message-format=json | python3 -c '
import json, sys
print([line["executable"] for line in map(json.loads, sys.stdin) if line.get("executable")][-1])') || { fail formats "does not build"; return; }
  for day in "" "1999-12-31 23:59:59" "2038-01-20 00:00:00"; do
    if ${day:+faketime "$day"} "$binary" --quiet formats::tests::bytes formats::tests::pixels >"$fast/log" 2>&1; then
      say formats "${day:-today}: $(grep -E '^test result' "$fast/log")"
    else
      tail -n 40 "$fast/log"; fail formats "other bytes on ${day:-this day}"
    fi
  done
}

twins() { # two salts: the same public root, other secrets
  local world salt
  for world in "${worlds[@]}"; do
    for salt in one two; do
      echo "$salt" >"$fast/$salt"
      "$worldc" build "$world" --seed 1 --salt-file "$fast/$salt" --out "$fast/twin-$salt" --json >"$fast/$salt.json" ||
        fail twins "$world does not build with a salt"
    done
    python3 - "$fast/one.json" "$fast/two.json" "$world" <<'PY' || failed=1
import json, sys
one, two = (json.load(open(path)) for path in sys.argv[1:3])
good = one["public_root"] == two["public_root"] and one["root"] != two["root"]
print("twins     ", sys.argv[3], "one public root, two roots" if good else f"FAILED: {one} {two}")
sys.exit(not good)
PY
    rm -rf "$fast"/twin-*
  done
}

times() { # user+sys of the whole process, the median of 15, to tmpfs
  python3 - "$worldc" "$fast" <<'PY' || failed=1
import os, resource, shutil, statistics, subprocess, sys

worldc, fast = sys.argv[1:3]


def spent(*arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([worldc, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def median(limit, *arguments):
    out = os.path.join(fast, "timed")
    figures = []
    for _ in range(15):
        shutil.rmtree(out, ignore_errors=True)
        figures.append(spent(*arguments, *(["--out", out] if arguments[0] == "build" else [])))
    middle = statistics.median(figures)
    good = middle < limit
    print(f"times      {' '.join(arguments)}: {middle:.0f} ms ({min(figures):.0f} to {max(figures):.0f}), "
          f"the bar is {limit} ms{'' if good else '  FAILED'}")
    return good


spec = "specs/fpa_march.world"
sys.exit(not all([median(50, "check", spec), median(300, "build", spec, "--seed", "7")]))
PY
}

foreign() { # files of other programs, hostile files, and 20,000 broken ones, our own among them
  local built=${profile/dev/debug} folder=$fast/foreign python=${PYTHON:-python3}
  local reader=target/$built/examples/read_files
  cargo build --quiet --profile "$profile" --example read_files && cargo test --quiet --profile "$profile" --lib samples_are_kept >/dev/null || { fail foreign "does not build"; return; }
  export PYTHONDONTWRITEBYTECODE=1
  "$python" tests/formats/foreign.py "$reader" "$folder" || fail foreign "see above"
  cp "$folder"/again/*.pdf "$folder" 2>/dev/null; find target/formats -type f -size -400k ! -name '*.pdf.txt' -exec cp {} "$folder" \;
  "$python" tests/formats/hostile.py "$reader" "$folder" 20000 || fail foreign "see above"
}

tests() { # name of the bar, cargo arguments
  local name=$1; shift
  if cargo test --profile "$profile" --quiet "$@" >"$fast/log" 2>&1; then say "$name" "$(grep -E '^test result' "$fast/log" | tail -n 1)"
  else tail -n 40 "$fast/log"; fail "$name" "see above"; fi
}

bar() {
  case $1 in
    roots) release && roots ;;
    formats) formats ;;
    twins) release && twins ;;
    times) release && times ;;
    stability) tests stability --test stability -- --include-ignored ;;
    errors) tests errors --test errors ;;
    proofs) tests proofs --test prove -- --include-ignored ;;
    mutations) tests mutations --test mutations -- --include-ignored ;;
    foreign) foreign ;;
    readers) release && tests/readers.sh || fail readers "see above" ;;
    passes) cargo bench --quiet --bench passes || fail passes "see above" ;;
    targets) tests/cross.sh || fail targets "roots differ" ;;
    *) echo "there is no bar named $1"; exit 2 ;;
  esac
}

[ $# -gt 0 ] || set -- roots formats twins stability errors proofs mutations times passes readers foreign targets
for name in "$@"; do bar "$name"; done
exit $failed
