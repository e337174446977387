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
import hashlib, json, os, random, select, shutil, signal, statistics, subprocess, sys, time

worldc, fast, bar, worlds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
OFFICE, MARCH, HELLO = "benches/office.world", "specs/fpa_march.world", "specs/hello.world"


def command(spec, seeds, out, *words):
    return [worldc, "build", spec, "--seeds", seeds, "--out", out, *words]


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


def kept(out, pack):
    """All that a fleet consists of. Rows of folders stand in the order in which worlds were done; everything else is the same
    to the byte."""
    hashes = {}
    for folder, _, names in os.walk(out):
        for name in names:
            with open(f"{folder}/{name}", "rb") as file:
                text = file.read()
            if pack == "folders" and folder == f"{out}/rows":
                text = b"".join(sorted(text.splitlines(True)))
            hashes[f"{folder[len(out):]}/{name}"] = hashlib.sha256(text).hexdigest()
    return hashes


def long_worlds():
    """A spec of worlds with little work and 10 MB: an archive ends a frame after 512 MB only, and has to have several."""
    path, note = f"{fast}/long.world", "The pump ran and nobody noted anything. " * 250
    with open(path, "w") as file:
        file.write(f"""worldspec 1
use "std/people.world" as people
world long "Long logs" {{ owner = ada  os = "linux"  month = 2026-05  company = "Tern Books" }}
persona ada {{ role = "Shop manager"  name ~ people.name("gb") }}
table run for k in 1..1_000 {{ load ~ between(100, 999) }}
template log {{ sheet "Log" {{ rows = run  columns = {{ "Run": k, "Load": load, "Note": "{note}" }} }} }}
file "Documents/Log.csv" {{ from = log  saved = 2026-04-30 }}
""")
    return path


def rows(out):
    """Worlds that a fleet of one shard counts as done."""
    try:
        with open(f"{out}/rows/0of1.jsonl", "rb") as file:
            return file.read().splitlines(True)
    except FileNotFoundError:
        return []


def is_torn(out):
    """Whether something stands behind the last world of the shard: what the kill left of a frame."""
    packed = f"{out}/shards/0of1.open.tar.zst"
    places = [json.loads(row) for row in rows(out) if row.endswith(b"\n")]
    end = max((row["offset"] + row["length"] for row in places if row.get("length")), default=0)
    return os.path.exists(packed) and os.path.getsize(packed) > end


KILLS = 20


def killed(making, out, whole, pack, random):
    """Makes a fleet that is killed twenty times, with what is known of the undisturbed one. A run may live as long as it takes
    to find again what is there, and some more, but is killed at random within that. The more follows how far the fleet has
    come, so that the kills spread over all of it; it is at most a tenth of a fleet, or two and a half frames of an archive. A
    fleet that is whole too early is compared, and another begun, whose kills are counted from nothing. None if a fleet was
    another than the undisturbed."""
    longest = whole.calm * max(0.1, 2.5 / whole.frames)
    more, at, torn, whole_early = longest / 2, [], 0, 0
    while len(at) < KILLS:
        with open(f"{fast}/words", "wb") as words:
            process = subprocess.Popen(making, stdout=subprocess.DEVNULL, stderr=words)
        try:
            process.wait(random.uniform(0, whole.again * len(rows(out)) / whole.count + more))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.returncode == -signal.SIGKILL:
            at.append(len(rows(out)))
            torn += is_torn(out)
            # Some of the fleet is left for the run behind the last kill. Where nothing was done, no limit holds: before the first
            # world the spec is read.
            is_ahead = at[-1] / whole.count > len(at) / (KILLS + 4)
            is_stuck = at[-1] == (at[-2] if len(at) > 1 else 0)
            more = more * 0.8 if is_ahead else more * 1.25 if is_stuck else min(more * 1.25, longest)
            continue
        if not is_same(process.returncode, out, whole.out, pack):
            return None
        shutil.rmtree(out)
        more, at, torn, whole_early = more / 2, [], 0, whole_early + 1
    with open(f"{fast}/words", "wb") as words:
        last = subprocess.run(making, stdout=subprocess.DEVNULL, stderr=words)
    return (at, torn, whole_early) if is_same(last.returncode, out, whole.out, pack) else None


class Undisturbed:
    """A fleet that nobody kills: seconds that it takes, and that a second run over it takes."""

    def __init__(self, spec, count, pack):
        self.count, self.out = count, f"{fast}/whole-{pack}"
        making = command(spec, f"1..{count}", self.out, "--pack", pack)
        self.calm, self.again = self.seconds(making), self.seconds(making)
        self.frames = len({row["offset"] for row in map(json.loads, rows(self.out)) if row.get("length")}) or count

    def seconds(self, making):
        start = time.perf_counter()
        subprocess.run(making, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start


def is_same(code, out, whole, pack):
    """Whether a run ended well, and its fleet is the undisturbed one."""
    if code != 0:
        with open(f"{fast}/words", errors="replace") as words:
            print(f"kills      a run of {pack} ended with {code}: {words.read().strip()[-500:]}")
        return False
    verified = subprocess.run([worldc, "fleet", "verify", out], stdout=subprocess.DEVNULL).returncode == 0
    left, right = kept(out, pack), kept(whole, pack)
    other = sorted(name for name in {**left, **right} if left.get(name) != right.get(name))
    if other or not verified:
        print(f"kills      of {pack} came ANOTHER fleet, in {', '.join(other[:5]) or 'what its hashes say'}")
    return verified and not other


def kills():
    """Killed twenty times at random, a fleet ends as the undisturbed one, however its worlds are kept."""
    good = True
    for pack in ("folders", "shard", "archive"):
        start = time.perf_counter()
        spec, count = (long_worlds(), 400) if pack == "archive" else (HELLO, min(worlds, 1_000))
        whole, out = Undisturbed(spec, count, pack), f"{fast}/killed-{pack}"
        ended = killed(command(spec, f"1..{count}", out, "--pack", pack), out, whole, pack, random.Random(1))
        if ended is not None:
            at, torn, whole_early = ended
            inside = f", {torn} of them inside one of its {whole.frames} frames" if pack == "archive" else ""
            print(f"kills      {len(at)} kills of one fleet of {pack}, with {', '.join(map(str, at))} of {count} worlds done{inside}; "
                  f"then the same fleet. {whole_early} more were whole before their kill {KILLS}, and the same. "
                  f"{time.perf_counter() - start:.0f} s")
        # Kills that all fell before the first world would say little.
        good &= ended is not None and any(ended[0])
        for fleet in (whole.out, out):
            shutil.rmtree(fleet, ignore_errors=True)
    return good


class Turns:
    """Commands at once that stand still except in their turns, so that what is measured side by side meets the machine in
    the same moods. `clock` is seconds of their turns, `spent` seconds of processor time once they are `done`."""

    def __init__(self, *commands):
        self.commands, self.running, self.clock, self.spent, self.done = commands, None, 0, 0, False

    def take(self, seconds):
        begin = time.perf_counter()
        if self.running is None:
            started = (subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for words in self.commands)
            self.running = {os.pidfd_open(process.pid): process for process in started}
        # `send_signal` would look first whether it has ended, and take away what its processor time is asked of below.
        for process in self.running.values():
            os.kill(process.pid, signal.SIGCONT)
        while self.running and (left := begin + seconds - time.perf_counter()) > 0:
            for ended in select.select(self.running, [], [], left)[0]:
                process = self.running.pop(ended)
                os.close(ended)
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                assert process.returncode == 0
                self.spent += usage.ru_utime + usage.ru_stime
        for process in self.running.values():
            os.kill(process.pid, signal.SIGSTOP)
        self.clock += time.perf_counter() - begin
        self.done = not self.running


class Fleets:
    """Fleets of `count` worlds of the published size, one after the other on one thread, each of the seeds that follow those of
    the one before: a world of one seed costs more than that of another, and the first ten a ninth more than the first thousand.
    Worlds are taken away as they are done: ten thousand fill more memory than most machines have."""

    def __init__(self, count):
        self.count, self.out, self.now, self.spent, self.worlds = count, f"{fast}/{count}", None, 0, 0

    def take(self, seconds):
        """A turn; a fleet that is done is followed by another."""
        while seconds > 0:
            seconds -= self.go_on(seconds)

    def go_on(self, seconds):
        """Seconds that the present fleet took of these."""
        seeds = f"{self.worlds + 1}..{self.worlds + self.count}"
        self.now = self.now or Turns(command(OFFICE, seeds, self.out, "--threads", "1"))
        now, before = self.now, self.now.clock
        now.take(seconds)
        # A world stands under its own name, which ends in its seed, once it is whole.
        for world in os.listdir(f"{self.out}/worlds") if os.path.isdir(f"{self.out}/worlds") else []:
            if world[-1].isdigit():
                shutil.rmtree(f"{self.out}/worlds/{world}")
        if now.done:
            shutil.rmtree(self.out)
            self.spent, self.worlds, self.now = self.spent + now.spent, self.worlds + self.count, None
        return now.clock - before


def uncounted():
    """A host that lends memory out takes back what nobody used for seconds; here it is found again."""
    out = f"{fast}/uncounted"
    subprocess.run(command(OFFICE, "1..10", out, "--threads", "1"), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    shutil.rmtree(out)


def linear():
    """A world of the published size costs the same however many there are, the start of the fleet included."""
    # As many as ten times what the other bars take.
    counts = [10**power for power in range(1, len(str(worlds)) + 1)]
    costs = {count: [] for count in counts}
    for _ in range(5):
        sizes = [Fleets(count) for count in counts]
        while not sizes[-1].worlds:
            # The longest takes most of the time and is not begun again, the others are spread over it.
            for fleets in sizes:
                uncounted()
                fleets.go_on(10) if fleets is sizes[-1] else fleets.take(1)
        for fleets in sizes:
            while fleets.now:
                fleets.go_on(1)
            costs[fleets.count].append(1000 * fleets.spent / fleets.worlds)
        print("linear     one round: " + ", ".join(f"{costs[count][-1]:.1f}" for count in counts), flush=True)
    each = [statistics.median(costs[count]) for count in counts]
    print("linear     " + ", ".join(f"{cost:.1f} ms each of {count}" for cost, count in zip(each, counts))
          + f" ({100 * max(each) / min(each) - 100:.0f} %, bar 15)")
    return max(each) / min(each) < 1.15


def threads():
    """Two threads of one process beside two processes of one thread."""
    ratios = []
    for _ in range(5):
        outs = [f"{fast}/together", f"{fast}/half0", f"{fast}/half1"]
        together = Turns(command(MARCH, "1..40", outs[0], "--threads", "2"))
        halves = Turns(*(command(MARCH, "1..40", outs[1 + part], "--shard", f"{part}/2", "--threads", "1") for part in range(2)))
        while not (together.done and halves.done):
            together.take(0.2)
            halves.take(0.2)
        ratios.append(halves.clock / together.clock)
        for out in outs:
            shutil.rmtree(out)
    print(f"threads    two threads reach {statistics.median(ratios):.2f} of what two processes do "
          f"({min(ratios):.2f} to {max(ratios):.2f}, bar 0.93)")
    return statistics.median(ratios) > 0.93


good = {"many": many, "kills": kills, "linear": linear, "threads": threads}[bar]()
print("" if good else f"{bar:<10} FAILED")
sys.exit(not good)
PY
}

failed=0
for name in "$@"; do measure "$name" || failed=1; done
exit $failed
