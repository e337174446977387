#!/usr/bin/env bash
# The long bars of fleets, with their figures. `cargo test` covers what fleets mean on small ones.
#   tests/fleet_bars.sh            all of them
#   tests/fleet_bars.sh many       one: many kills linear threads
#   WORLDS=100 tests/fleet_bars.sh many
# Needs: python3. PROFILE=checking or dev takes that build instead of the release.
set -uo pipefail
cd "$(dirname "$0")/.."

profile=${PROFILE:-release}
[ "$profile" = release ] && flag=--release || flag="--profile $profile"
# shellcheck disable=SC2086
cargo build --quiet $flag || exit 1
[ "$profile" = dev ] && profile=debug
fast=$(mktemp -d "$([ -d /dev/shm ] && echo /dev/shm || echo /tmp)/fleets.XXXXXX")
trap 'rm -rf "$fast"' EXIT
[ $# -gt 0 ] || set -- many kills linear threads

measure() {
  python3 - "$PWD/target/$profile/worldc" "$fast" "$1" "${WORLDS:-1000}" <<'PY'
import hashlib, os, random, shutil, signal, statistics, subprocess, sys, time

worldc, fast, bar, worlds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
OFFICE, MARCH, HELLO = "benches/office.world", "specs/fpa_march.world", "specs/hello.world"


def command(spec, seeds, out, *words):
    return [worldc, "build", spec, "--seeds", seeds, "--out", out, *words]


def timed(spec, seeds, *words):
    """Seconds of the clock for a fleet that is thrown away."""
    out = f"{fast}/timed"
    start = time.perf_counter()
    subprocess.run(command(spec, seeds, out, *words), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    shutil.rmtree(out)
    return seconds


def index(out):
    with open(f"{out}/worlds.jsonl", "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def many():
    """Worlds of the published size: a minute for a thousand on two cores; roots as single builds make them."""
    out = f"{fast}/many"
    watched = ["/usr/bin/time", "-f", "%e %U %S %M", *command(OFFICE, f"1..{worlds}", out)]
    seconds, user, system, memory = map(float, subprocess.run(
        watched, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr.split()[-4:])
    subprocess.run([worldc, "fleet", "verify", out, "--spec", OFFICE], check=True, stdout=subprocess.DEVNULL)
    print(f"many       {worlds} worlds in {seconds:.1f} s, {1000 * (user + system) / worlds:.0f} ms of CPU each, "
          f"{memory / 1024:.0f} MB; all built again alone are equal")
    return seconds * 1000 / worlds < 60 and memory / 1024 < 500


def kept(out):
    """Everything that a fleet without folders consists of."""
    hashes = {}
    for folder, _, names in os.walk(out):
        for name in names if "/worlds/" not in folder else []:
            with open(f"{folder}/{name}", "rb") as file:
                hashes[f"{folder[len(out):]}/{name}"] = hashlib.sha256(file.read()).hexdigest()
    return hashes


def kills():
    """Killed twenty times at random, a fleet ends as the undisturbed one, however its worlds are kept."""
    good, seeds = True, f"1..{min(worlds, 400)}"
    for pack in ("folders", "shard", "archive"):
        whole, out, killed, chance = f"{fast}/whole-{pack}", f"{fast}/killed-{pack}", 0, random.Random(1)
        start = time.perf_counter()
        subprocess.run(command(HELLO, seeds, whole, "--pack", pack), check=True, stdout=subprocess.DEVNULL)
        calm = time.perf_counter() - start
        while killed < 20:
            process = subprocess.Popen(command(HELLO, seeds, out, "--pack", pack), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(chance.uniform(0.05, 0.6) * calm)
                shutil.rmtree(out)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
        subprocess.run(command(HELLO, seeds, out, "--pack", pack), check=True, stdout=subprocess.DEVNULL)
        subprocess.run([worldc, "fleet", "verify", out], check=True, stdout=subprocess.DEVNULL)
        # Rows of folders stand in the order in which worlds were done; everything else is the same to the byte.
        same = index(out) == index(whole) and (pack == "folders" or kept(out) == kept(whole))
        print(f"kills      {killed} kills of {pack}, then {'the same fleet' if same else 'ANOTHER fleet'}")
        good &= same
    return good


def emptied(spec, count):
    """Seconds of processor time for a fleet whose worlds are taken away as they are done: ten thousand fill more memory
    than most machines have."""
    out = f"{fast}/emptied"
    process = subprocess.Popen(command(spec, f"1..{count}", out, "--threads", "1"), stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    done = 0
    while not done:
        time.sleep(0.05)
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
        # A world stands under its own name, which ends in its seed, once it is whole.
        for world in os.listdir(f"{out}/worlds") if os.path.isdir(f"{out}/worlds") else []:
            if world[-1].isdigit():
                shutil.rmtree(f"{out}/worlds/{world}")
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    shutil.rmtree(out)
    return usage.ru_utime + usage.ru_stime


def linear():
    """A world of the published size costs the same however many there are, the start of the fleet included."""
    counts = (10, 100, 1_000, 10_000)
    seconds = {count: [] for count in counts}
    for _ in range(5):
        for count, figures in seconds.items():
            # Small fleets are made several times over, and once before: a host that lends memory out has to find it first.
            times = max(1, 200 // count)
            runs = [emptied(OFFICE, count) for _ in range(times + (times > 1))]
            figures.append(sum(runs[-times:]) / times)
    each = [1000 * statistics.median(figures) / count for count, figures in seconds.items()]
    print("linear     " + ", ".join(f"{cost:.1f} ms each of {count}" for cost, count in zip(each, counts)))
    return max(each) / min(each) < 1.15


def threads():
    """Two threads of one process beside two processes of one thread."""
    ratios = []
    for _ in range(5):
        together = timed(MARCH, "1..40", "--threads", "2")
        start = time.perf_counter()
        halves = [subprocess.Popen(command(MARCH, "1..40", f"{fast}/half{part}", "--shard", f"{part}/2", "--threads", "1"),
                                   stdout=subprocess.DEVNULL) for part in range(2)]
        assert all(half.wait() == 0 for half in halves)
        ratios.append((time.perf_counter() - start) / together)
        for part in range(2):
            shutil.rmtree(f"{fast}/half{part}")
    print(f"threads    two threads reach {statistics.median(ratios):.2f} of what two processes do")
    return statistics.median(ratios) > 0.93


good = {"many": many, "kills": kills, "linear": linear, "threads": threads}[bar]()
print("" if good else f"{bar:<10} FAILED")
sys.exit(not good)
PY
}

failed=0
for name in "$@"; do measure "$name" || failed=1; done
exit $failed
