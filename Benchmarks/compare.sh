#!/usr/bin/env bash
# Measures the whole program beside its peers on the same simulated log, in one run, on this machine.
# Usage: Benchmarks/compare.sh [FOLDER [LINES]]
#   FOLDER  where logs and results go (standard: /tmp/assay-benchmark; about 1 GB)
#   LINES   of the log (standard: the 1.58 million of `assay simulate benchmark`)
# Peers that are missing are installed: goaccess, isal, hyperfine, time and python3-venv from Debian, duckdb from PyPI
# into a virtual environment in FOLDER.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-/tmp/assay-benchmark}
scenario=benchmark${2:+,events=$2}
assay=.build/release/assay
sudo=$([ "$(id -u)" = 0 ] || echo sudo)
mkdir -p "$folder"
make --no-print-directory build >&2

missing=()
for pair in goaccess:goaccess igzip:isal hyperfine:hyperfine gzip:gzip time:time python3:python3-venv; do
  [ -n "$(type -P "${pair%:*}")" ] || missing+=("${pair#*:}")
done
python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
if [ ${#missing[@]} -gt 0 ]; then
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "${missing[@]}" >/dev/null
fi
python=$folder/venv/bin/python
[ -x "$python" ] || python3 -m venv "$folder/venv"
"$python" -c 'import duckdb' 2>/dev/null || "$folder/venv/bin/pip" install -q duckdb

log=$folder/access-1.log
if [ "$(cat "$folder/scenario" 2>/dev/null)" != "$scenario" ]; then
  rm -f "$log.gz"
  "$assay" simulate "$scenario" -o "$folder" --force >&2
  gzip -6 -k "$log"
  echo "$scenario" > "$folder/scenario"
fi
lines=$(wc -l < "$log")
echo "log: $lines lines, $(stat -c %s "$log") bytes, $(stat -c %s "$log.gz") with gzip -6"
echo "machine: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
echo "versions: assay $("$assay" --version), $(goaccess --version | head -1 | sed 's/\.$//')," \
  "duckdb $("$python" -c 'import duckdb; print(duckdb.__version__)'), igzip $(igzip --version | sed 's/.* //')"

cat > "$folder/duck.py" <<'P'
import sys, duckdb
# Addresses and visitors (address and user agent) per campaign, with one regular expression over each line.
duckdb.sql(r"""
select part.campaign, count(distinct part.address) as addresses,
  count(distinct (part.address, part.agent)) as visitors
from (
  select regexp_extract(
    line, '^(\S+) \S+ \S+ \[[^\]]*\] "\S+ \S*[?&]cid=([^& "]*)[^"]*" \d+ \S+ "[^"]*" "([^"]*)"',
    ['address', 'campaign', 'agent']) as part
  from read_csv($1, columns = {'line': 'varchar'}, delim = e'\x01', quote = '', escape = '', header = false,
    auto_detect = false)
)
where part.campaign <> ''
group by all order by all""", params=[sys.argv[1]]).write_csv(sys.argv[2])
P

echo
echo "| what | best of | seconds | million lines/s | × assay, plain |"
echo "|---|---:|---:|---:|---:|"
run() {  # name, runs, command; the log lies in the page cache by then
  hyperfine --warmup "$(($2 > 1))" --runs "$2" --export-json "$folder/time.json" "$3" >/dev/null 2>"$folder/errors" || {
    echo "| $1 | failed: $(tail -1 "$folder/errors") | | | |"
    return
  }
  best=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["results"][0]["min"])' "$folder/time.json")
  reference=${reference:-$best}
  awk -v name="$1" -v runs="$2" -v best="$best" -v reference="$reference" -v lines="$lines" 'BEGIN {
    printf "| %s | %d | %.3f | %.2f | %.2f |\n", name, runs, best, lines / best / 1e6, best / reference }'
}

cat "$log" "$log.gz" > /dev/null
run "assay audit, plain" 5 "$assay audit --quiet $log"
run "assay audit, plain, with lists" 5 "$assay audit --quiet --lists $folder/lists $log"
run "assay audit, plain, one worker" 3 "$assay audit --quiet -j 1 $log"
run "assay audit, gzip" 5 "$assay audit --quiet $log.gz"
run "igzip -dc (inflating only)" 5 "igzip -dc $log.gz > /dev/null"
run "gunzip -c (inflating only)" 3 "gunzip -c $log.gz > /dev/null"
run "duckdb, one regular expression" 2 "$python $folder/duck.py $log $folder/duckdb.csv"
run "goaccess --log-format=COMBINED" 1 "goaccess $log --log-format=COMBINED -o $folder/goaccess.json"
echo
command time -f "peak memory of assay audit, plain: %M KiB" "$assay" audit --quiet "$log"
