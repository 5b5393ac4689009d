#!/bin/sh
# Compiles the stub's common C for this x86-64 Linux host and tests it: sh run.sh [SEEDS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
stubs=$here/../../..
seeds=${1:-4}
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
options="-std=gnu17 -g -O1 -Wall -Wextra -Werror -I$here/host -I$stubs/common -I$stubs/x86_64 -I$here"
strings="-Dmemcpy=stub_memcpy -Dmemmove=stub_memmove -Dmemset=stub_memset"

for source in "$stubs"/common/*.c; do
	case $source in
	*/layout.c | */devices.c | */hooks.c) ;;
	*) ${CC:-cc} $options ${SANITIZE:-} $strings -ffreestanding -fno-builtin -c "$source" \
		-o "$build/stub-$(basename "$source").o" ;;
	esac
done
for test in "$here"/*_test.c; do
	name=$(basename "$test" .c)
	${CC:-cc} $options ${SANITIZE:-} -o "$build/$name" "$test" "$here/harness.c" "$here/model.c" "$here/own_maps.c" "$build"/stub-*.o
done
"$build/cases_test"
for seed in $(seq 1 "$seeds"); do
	"$build/memory_model_test" "$seed" 20000 4096
	"$build/memory_model_test" "$seed" 5000 65536
	"$build/kernel_memory_test" "$seed" 5000
	"$build/kernel_calls_test" "$seed" 5000
done
