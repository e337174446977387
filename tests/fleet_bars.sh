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
import hashlib, os, random, select, shutil, signal, statistics, subprocess, sys, time

worldc, fast, bar, worlds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
OFFICE, MARCH, HELLO = "benches/office.world", "specs/fpa_march.world", "specs/hello.world"


def command(spec, seeds, out, *words):
    return [worldc, "build", spec, "--seeds", seeds, "--out", out, *words]


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
        for process in self.running.values():
            process.send_signal(signal.SIGCONT)
        while self.running and (left := begin + seconds - time.perf_counter()) > 0:
            for ended in select.select(self.running, [], [], left)[0]:
                process = self.running.pop(ended)
                os.close(ended)
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                assert process.returncode == 0
                self.spent += usage.ru_utime + usage.ru_stime
        for process in self.running.values():
            process.send_signal(signal.SIGSTOP)
        self.clock += time.perf_counter() - begin
        self.done = not self.running


class Fleets:
    """Fleets of `count` worlds of the published size, one after the other on one thread. Worlds are taken away as they are
    done: ten thousand fill more memory than most machines have."""

    def __init__(self, count):
        self.count, self.out, self.now, self.spent, self.worlds = count, f"{fast}/{count}", None, 0, 0

    def take(self, seconds):
        """A turn; a fleet that is done is followed by another."""
        while seconds > 0:
            seconds -= self.go_on(seconds)

    def go_on(self, seconds):
        """Seconds that the present fleet took of these."""
        self.now = self.now or Turns(command(OFFICE, f"1..{self.count}", self.out, "--threads", "1"))
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
            # The longest takes most of the time, the others are spread over it.
            for fleets in sizes:
                uncounted()
                fleets.take(10 if fleets is sizes[-1] else 1)
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
