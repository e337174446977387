#!/usr/bin/env bash
# What makes, keeps and reads fleets besides worldc, each tried here: for the bars, not for CI.
#   tests/engines.sh                     all of them
#   tests/engines.sh slurm ray           some: ray kubernetes slurm oci table
# Needs: python3; RAY, a python with `ray`; PY, a python with kubernetes-validate, PyYAML, pyarrow and duckdb; of Debian
# slurm-wlm, munge, skopeo, umoci, and root for Slurm. PROFILE=dev takes that build instead of the release.
set -uo pipefail
cd "$(dirname "$0")/.."

profile=${PROFILE:-release}
cargo build --quiet --profile "$profile" || exit 1
[ "$profile" = dev ] && profile=debug
PATH=$PWD/target/$profile:$PATH
spec=$PWD/specs/hello.world
place=$(mktemp -d /tmp/engines.XXXXXX)
chmod 755 "$place"
started=()
finish() { for file in "${started[@]}"; do [ -s "$file" ] && kill "$(cat "$file")"; done; wait; rm -rf "$place"; }
trap finish EXIT
[ $# -gt 0 ] || set -- ray kubernetes slurm oci table

# The root that a fleet must have, whoever made it.
worldc build "$spec" --seeds 1..12 --out "$place/calm" >/dev/null || exit 1
same_as_calm() {
  worldc fleet merge "$1" >/dev/null && worldc fleet verify "$1" --spec "$spec" >/dev/null &&
    cmp -s "$1/worlds.jsonl" "$place/calm/worlds.jsonl"
}

# A cluster of this machine alone, begun in another folder than this one, so that paths have to hold wherever a task stands.
ray() {
  local python=${RAY:-python3} at=$place/cluster tries=0
  python=$(command -v "$python") || return 1
  mkdir "$at"
  export RAY_OVERRIDE_NODE_IP_ADDRESS=127.0.0.1 RAY_TMPDIR=$at
  (cd "$at" && exec "$python" -m ray.scripts.scripts start --head --block --node-ip-address=127.0.0.1 --port=6399 \
    --include-dashboard=false --disable-usage-stats --temp-dir="$at") >"$place/cluster.log" 2>&1 &
  echo $! >"$at/head.pid"
  started+=("$at/head.pid")
  until grep -q 'Ray runtime started' "$place/cluster.log"; do
    kill -0 "$(cat "$at/head.pid")" 2>/dev/null && [ $((tries += 1)) -lt 60 ] || return 1
    sleep 1
  done
  RAY_ADDRESS=auto WORLDC=$(command -v worldc) \
    "$python" examples/fleet/ray_fleet.py specs/hello.world 1..12 3 "$place/ray" >"$place/ray.log" 2>&1 && same_as_calm "$place/ray"
}

# The manifest has the published schema, and its command makes shards as pods would.
kubernetes() {
  "${PY:-python3}" -m kubernetes_validate --strict examples/fleet/kubernetes_job.yaml >"$place/kubernetes.log" || return 1
  "${PY:-python3}" - "$spec" "$place/pods" >"$place/pod.sh" <<'PY' || return 1
import sys, yaml
container = yaml.safe_load(open("examples/fleet/kubernetes_job.yaml"))["spec"]["template"]["spec"]["containers"][0]
shell, dash = container["command"]
assert (shell, dash) == ("sh", "-c")
words = container["args"][0]
for there, here in (("/specs/fpa_march.world", sys.argv[1]), ("/fleet/march", sys.argv[2]), ("1..10000", "1..12"), ("/100", "/3")):
    assert there in words, there
    words = words.replace(there, here)
print(words)
PY
  for index in 0 1 2; do JOB_COMPLETION_INDEX=$index sh "$place/pod.sh" >/dev/null || return 1; done
  same_as_calm "$place/pods"
}

# A cluster of this machine alone, without accounting. One task that comes again makes the shard that it made before.
slurm() {
  local at=$place/slurm host
  host=$(hostname -s)
  mkdir -p "$at/state" "$at/spool"
  export SLURM_CONF=$at/slurm.conf
  cat >"$SLURM_CONF" <<CONF
ClusterName=one
SlurmctldHost=$host
SlurmUser=root
AuthInfo=socket=$at/munge.socket
StateSaveLocation=$at/state
SlurmdSpoolDir=$at/spool
SlurmctldPidFile=$at/slurmctld.pid
SlurmdPidFile=$at/slurmd.pid
SlurmctldLogFile=$at/slurmctld.log
SlurmdLogFile=$at/slurmd.log
SlurmctldPort=16817
SlurmdPort=16818
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
NodeName=$host CPUs=$(nproc) RealMemory=2048 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
  (umask 077; head -c 1024 /dev/urandom >"$at/key")
  started+=("$at/slurmd.pid" "$at/slurmctld.pid" "$at/munged.pid")
  munged --force --key-file="$at/key" --socket="$at/munge.socket" --pid-file="$at/munged.pid" \
    --log-file="$at/munged.log" --seed-file="$at/seed" 2>"$at/started.log" || return 1
  slurmctld 2>>"$at/started.log" && slurmd 2>>"$at/started.log" || return 1
  export SPEC=$spec SEEDS=1..12 FLEET=$place/array
  local submit=(sbatch --wait --quiet --cpus-per-task=1 "--output=$at/task-%a.log")
  "${submit[@]}" --array=0-2 examples/fleet/slurm_array.sh &&
    SHARDS=3 "${submit[@]}" --array=1 examples/fleet/slurm_array.sh && same_as_calm "$place/array"
}

# Other programs read the images; an agent's and a grader's together are the world.
oci() {
  local out=$place/oci world tag open sealed
  worldc fleet oci "$place/calm" --out "$out" >"$place/tags" || return 1
  read -r world open sealed <"$place/tags"
  for half in open sealed; do
    tag=${!half}
    skopeo inspect --raw "oci:$out/$half:$tag" >/dev/null && skopeo copy -q "oci:$out/$half:$tag" "dir:$place/$half" &&
      umoci --log error unpack --rootless --image "$out/$half:$tag" "$place/bundle-$half" || return 1
  done
  [ ! -e "$place/bundle-open/rootfs/world/sealed" ] && [ ! -e "$place/bundle-open/rootfs/world/receipt.json" ] || return 1
  cp -a "$place/bundle-sealed/rootfs/world/." "$place/bundle-open/rootfs/world/"
  worldc diff "$place/bundle-open/rootfs/world" "$place/calm/worlds/$world" >/dev/null
}

# Databases read the index, and say of it what its lines say.
table() {
  "${PY:-python3}" - "$place/calm" <<'PY'
import json, sys
import duckdb, pyarrow.parquet
rows = [json.loads(line) for line in open(f"{sys.argv[1]}/worlds.jsonl")]
table = pyarrow.parquet.read_table(f"{sys.argv[1]}/worlds.parquet").to_pylist()
assert len(rows) == len(table) == 12
for row, read in zip(rows, table):
    for name in ("knobs", "schemas", "fails"):
        read[name] = read[name] and json.loads(read[name])
    assert {name: value for name, value in read.items() if value is not None} == row, (row, read)
query = f"select count(distinct shape), sum(files) from '{sys.argv[1]}/worlds.parquet' where split = '{rows[0]['split']}'"
assert duckdb.sql(query).fetchall() == [(1, sum(row["files"] for row in rows))]
PY
}

failed=0
for name in "$@"; do
  if "$name"; then echo "$name  as it should be"; else echo "$name  FAILED"; failed=1; fi
done
exit $failed
