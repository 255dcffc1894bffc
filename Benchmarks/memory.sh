#!/usr/bin/env bash
# Peak memory of an audit with standard settings.
# Usage: Benchmarks/memory.sh [FOLDER [LINES]]    (standard: 10 million lines, about 3.5 GB of disk)
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-/tmp/assay-benchmark-memory}
assay=.build/release/assay
make --no-print-directory build >&2
"$assay" simulate "benchmark,events=${2:-10000000}" -o "$folder" --force >&2
wc -l "$folder/access-1.log"
command time -f "peak memory: %M KiB; wall time: %e s" "$assay" audit --quiet "$folder/access-1.log"
