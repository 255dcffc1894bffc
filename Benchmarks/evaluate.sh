#!/usr/bin/env bash
# How much of simulated traffic, whose truth is known, is found: with every family of robots, and with people alone.
# Usage: Benchmarks/evaluate.sh [FOLDER [LINES]]    (standard: 200,000 lines each, 200 MB of disk)
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-/tmp/assay-evaluation}
assay=.build/release/assay
make --no-print-directory build >&2
for preset in mixed humans; do
  "$assay" simulate "$preset,events=${2:-200000}" -o "$folder/$preset" --force >&2
  "$assay" audit --quiet --lists "$folder/$preset/lists" -o "$folder/$preset/audit.db" "$folder/$preset"/access-*.log
  echo "== $preset"
  "$assay" evaluate "$folder/$preset/audit.db" --labels "$folder/$preset/truth.csv"
  echo
done
