#!/usr/bin/env bash
# Measures the whole program beside its peers on the same simulated log, in one run, on this machine.
# Usage: Benchmarks/compare.sh [FOLDER]      (about 1 GB of disk; some minutes, most of them goaccess)
# Peers that are missing are installed from Debian (goaccess, isal, hyperfine) and PyPI (duckdb).
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-/tmp/assay-benchmark}
assay=.build/release/assay
mkdir -p "$folder"

missing=()
for tool in goaccess igzip hyperfine gzip; do command -v $tool >/dev/null || missing+=("${tool/igzip/isal}"); done
if [ ${#missing[@]} -gt 0 ]; then apt-get update -qq; apt-get install -y -qq "${missing[@]}" >/dev/null; fi
python3 -c 'import duckdb' 2>/dev/null || pip install -q duckdb

log=$folder/access-1.log
if [ ! -f "$log" ]; then $assay simulate benchmark -o "$folder"; fi
[ -f "$log.gz" ] || gzip -6 -k "$log"
lines=$(wc -l < "$log")
bytes=$(stat -c %s "$log")
echo "log: $lines lines, $bytes bytes; $(nproc) cores; $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"

cat > "$folder/duck.py" <<'P'
import sys, duckdb
# Addresses and visitors (address and user agent) per campaign, with one regular expression over each line.
duckdb.sql(r"""
select m[3] as campaign, count(distinct m[1]) as addresses, count(distinct m[1] || m[4]) as visitors
from (select regexp_extract_all(line, '^(\S+) .*"(GET|POST) \S*[?&]cid=([^& ]*).*"([^"]*)"$', 0) as whole,
             regexp_extract(line, '^(\S+) .*"(GET|POST) \S*[?&]cid=([^& ]*).*"([^"]*)"$', ['a','b','c','d']) as s,
             [s.a, s.b, s.c, s.d] as m
      from read_csv(?, columns = {'line': 'varchar'}, delim = '\x01', quote = '', escape = '', header = false))
group by all""", params=[sys.argv[1]]).fetchall()
P

run() {  # name, runs, command
  hyperfine --warmup 1 --runs "$2" --export-json "$folder/time.json" "$3" >/dev/null 2>"$folder/errors" || {
    echo "$1: failed: $(tail -1 "$folder/errors")"; return; }
  python3 - "$1" "$lines" "$folder/time.json" <<'P'
import json, sys
name, lines, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
result = json.load(open(path))["results"][0]
best, mean = result["min"], result["mean"]
print(f"{name:44} best {best:8.3f} s  mean {mean:8.3f} s  {lines / best / 1e6:7.3f} million lines/s")
P
}

run "assay audit, plain" 5 "$assay audit --quiet $log"
run "assay audit, plain, with lists" 5 "$assay audit --quiet --lists $folder/lists $log"
run "assay audit, gzip" 5 "$assay audit --quiet $log.gz"
run "assay audit, plain, -j 1" 3 "$assay audit --quiet -j 1 $log"
run "igzip -dc (inflating only)" 5 "igzip -dc $log.gz > /dev/null"
run "gunzip -c (inflating only)" 3 "gunzip -c $log.gz > /dev/null"
run "duckdb, one regular expression" 2 "python3 $folder/duck.py $log"
run "goaccess --log-format=COMBINED" 1 "goaccess $log --log-format=COMBINED -o $folder/goaccess.json"
/usr/bin/env time -f "assay audit, peak memory: %M KiB" $assay audit --quiet "$log"
