#!/bin/sh
# How long `thaw --version` takes: median, best and worst of RUNS (default 21), with
# the class data archive and without. Prints rows for docs/benchmarks.md.
# Usage: tests/bench/start-up.sh [RUNS]
set -eu
home=$(cd "$(dirname -- "$0")/../.." && pwd)
runs=${1:-21}

"$home/thaw" --version >/dev/null # builds, and makes the archive

# measure LABEL COMMAND...
measure() {
	label=$1
	shift
	i=0
	while [ "$i" -lt "$runs" ]; do
		start=$(date +%s%N)
		"$@" >/dev/null
		end=$(date +%s%N)
		echo $(((end - start) / 1000))
		i=$((i + 1))
	done | sort -n | awk -v label="$label" '
		{ t[NR] = $1 / 1e6 }
		END { printf "| %s | %d | %.3f s | %.3f s | %.3f s |\n", label, NR, t[int((NR + 1) / 2)], t[1], t[NR] }'
}

echo "| command | runs | median | best | worst |"
echo "| --- | --- | --- | --- | --- |"
measure "\`thaw --version\`" "$home/thaw" --version
THAW_JAVA_OPTIONS=-Xshare:off measure "\`thaw --version\` without any class data archive" "$home/thaw" --version
