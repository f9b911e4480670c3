#!/bin/bash
#SBATCH --job-name=membrane-rows
#SBATCH --array=0-7
#SBATCH --time=12:00:00
# Eight tasks of a Slurm array share one input, and a folder of the cluster for checkpoints. To run one again: sbatch --array=3 slurm.sh
exec pwsh -NoProfile -NonInteractive -File Sync-Shard.ps1 -Source leads.csv -Count 8 -KeyColumn email -CheckpointFolder checkpoints
