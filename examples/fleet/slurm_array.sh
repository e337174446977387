#!/bin/sh
# A job array: task N makes shard N. When all are done, run `worldc fleet merge "$FLEET"` once.
#   sbatch --export=ALL,SPEC=specs/fpa_march.world,SEEDS=1..10000,FLEET=/scratch/march slurm_array.sh
# A fleet stays divided as it was begun. Without SHARDS there are as many as the array's last task says, which holds for
# the whole array only; say the number with every part of it:
#   sbatch --array=7,31 --export=ALL,SHARDS=100,SPEC=specs/fpa_march.world,SEEDS=1..10000,FLEET=/scratch/march slurm_array.sh
# Slurm divides --export at commas: a list of seeds, as 1,7, comes with the environment (SEEDS=1,7 sbatch --export=ALL …).
#SBATCH --job-name=fleet
#SBATCH --array=0-99
#SBATCH --cpus-per-task=2
#SBATCH --mem=1G
#SBATCH --time=01:00:00
#SBATCH --requeue
set -u

worldc build "$SPEC" --seeds "$SEEDS" --shard "$SLURM_ARRAY_TASK_ID/${SHARDS:-$((SLURM_ARRAY_TASK_MAX + 1))}" \
  --threads "$SLURM_CPUS_PER_TASK" --out "$FLEET"
code=$?
# It could not be done now, as on a full disk: the same shard goes to the queue again and keeps what is whole.
if [ "$code" -eq 75 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt 3 ]; then
  scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
fi
exit "$code"
