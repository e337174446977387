"""Builds a fleet over Ray, one task for each shard, and verifies what came of it.

    python ray_fleet.py SPEC SEEDS SHARDS FLEET        # specs/hello.world 1..64 8 /shared/hello

Needs the package `ray`, `worldc` on the PATH of every node (or WORLDC, its whole path), and the spec and the fleet in folders
that all nodes see."""

import os
import subprocess
import sys
import time

import ray

WORLDC = os.environ.get("WORLDC", "worldc")
# All is made, but with `--prove` some world of it does not prove: the same again, so it is done.
MADE = (0, 1)
INPUT_IS_WRONG = 2
# Seconds before the shards that could not be made now, as on a full disk, are tried again.
WAITS = [5, 30, 180]


@ray.remote(num_cpus=1)
def shard(spec, seeds, index, count, fleet):
    """Makes one shard; what stands whole already is kept, so that Ray may run a lost task again."""
    command = [WORLDC, "build", spec, "--seeds", seeds, "--shard", f"{index}/{count}", "--threads", "1", "--out", fleet]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stderr


def main(spec, seeds, count, fleet):
    ray.init(include_dashboard=False, log_to_driver=False)
    left, waits = list(range(count)), list(WAITS)
    while left:
        ends = ray.get([shard.remote(spec, seeds, index, count, fleet) for index in left])
        for (code, words), index in zip(ends, left):
            if code == INPUT_IS_WRONG or (code not in MADE and not waits):
                print(f"shard {index} ended with {code}: {words}", file=sys.stderr)
                sys.exit(code)
        left = [index for (code, _), index in zip(ends, left) if code not in MADE]
        if left:
            time.sleep(waits.pop(0))
    for words in (["merge", fleet], ["verify", fleet, "--spec", spec, "--sample", "5"]):
        subprocess.run([WORLDC, "fleet", *words], check=True)


if __name__ == "__main__":
    # Tasks stand in folders of their own, which are not this one.
    main(os.path.abspath(sys.argv[1]), sys.argv[2], int(sys.argv[3]), os.path.abspath(sys.argv[4]))
