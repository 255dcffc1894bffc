#!/usr/bin/env bash
# Instructions per log line of a whole audit, counted by callgrind: nearly the same for the same binary and input,
# whatever else the machine does. Two runs of different length are subtracted, so that start-up does not count.
# The inputs are not hashed: valgrind does not have the processor's instructions for SHA-256, and libcrypto's long way
# round would be four tenths of the number.
# Usage: Benchmarks/budgets/check.sh [--record]
set -euo pipefail
cd "$(dirname "$0")/../.."
budget_file=Benchmarks/budgets/instructions-per-line
# Tables in memory are seeded anew in each run, which moves the number by about 0.1 %; the rest is room for another
# toolchain.
allowance=5
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
make --no-print-directory build >/dev/null
# Debian's valgrind does not read all of the debug information that Swift writes.
strip -g -o "$folder/assay" .build/release/assay

count() {  # lines → instructions
  "$folder/assay" simulate "benchmark,events=$1" -o "$folder/$1" >/dev/null
  valgrind --tool=callgrind --callgrind-out-file=/dev/null \
    "$folder/assay" audit --quiet --jobs 1 --set read.hash-inputs=false "$folder/$1/access-1.log" 2>"$folder/messages" || {
    cat "$folder/messages" >&2
    return 1
  }
  sed -n 's/.*Collected : //p' "$folder/messages"
}
lines() { wc -l < "$folder/$1/access-1.log"; }

small=$(count 30000)
large=$(count 130000)
measured=$(((large - small) / ($(lines 130000) - $(lines 30000))))
if [ "${1:-}" = --record ]; then echo "$measured" > "$budget_file"; fi
budget=$(cat "$budget_file")
limit=$((budget * (100 + allowance) / 100))
echo "instructions per line: $measured (budget $budget, limit $limit)"
if [ "$measured" -gt "$limit" ]; then
  echo "The hot path has become slower. Find out why (callgrind_annotate), or record a new budget and say why." >&2
  exit 1
fi
