#!/usr/bin/env bash
# Instructions per log line of a whole audit, counted by callgrind: the same for the same binary and input, whatever
# else the machine does. Two runs of different length are subtracted, so that start-up does not count.
# Usage: check.sh [--record]
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
swift build -c release --product assay >/dev/null
assay=.build/release/assay

count() {  # lines, compression
  $assay simulate "benchmark,events=$1" -o "$folder/$1" >/dev/null
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$assay" audit --quiet -j 1 "$folder/$1/access-1.log" 2>&1 |
    sed -n 's/.*Collected : //p'
}
lines() { wc -l < "$folder/$1/access-1.log"; }

small=$(count 20000)
large=$(count 60000)
measured=$(((large - small) / ($(lines 60000) - $(lines 20000))))
file=Benchmarks/budgets/instructions-per-line
if [ "${1:-}" = --record ]; then
  echo "$measured" > "$file"
fi
budget=$(cat "$file")
# The simulated log, and with it the number, does not change from run to run; 5 % is room for another toolchain.
limit=$((budget * 105 / 100))
echo "instructions per line: $measured (budget $budget, limit $limit)"
if [ "$measured" -gt "$limit" ]; then
  echo "The hot path has become slower. Find out why (callgrind_annotate), or record a new budget and say why." >&2
  exit 1
fi
