#!/bin/sh
# Restores a checkpoint of Thaw's own dumper with CRIU, in a guest of QEMU: see README.md.
# Usage: restore.sh static|dynamic
set -eu
form=${1:?usage: restore.sh static|dynamic}
guest=${THAW_LAB_GUEST:?a folder with vmlinuz and initrd.cpio, see README.md}
cpu=${THAW_LAB_CPU:-Haswell-noTSX}
isa=${THAW_LAB_ISA:-x86-64-v2}
calls=${THAW_LAB_CALLS:-20}
here=$(dirname "$(readlink -f -- "$0")")
thaw=$here/../../thaw

# Not below /tmp or /run: the guest has file systems of its own there.
work=$(mktemp -d /var/tmp/thaw-restore.XXXXXX)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
case $form in
static) link=-static ;;
dynamic) link= ;;
*) echo "usage: restore.sh static|dynamic" >&2 && exit 2 ;;
esac
# shellcheck disable=SC2086 # no word, or one
cc -O2 $link -o "$work/count" "$here/count.c" -lm

cd "$work"
"$thaw" record --at main --after-calls "$calls" --isa "$isa" -o rec -- "$work/count" 40 \
	</dev/null >out.txt 2>err.txt || { cat err.txt >&2 && exit 1; }

# What the guest gets: the images, and every file as it was when they were made.
mkdir share
cp -a rec/img share/img
cp "$here/guest-job.sh" share/job.sh
cc -O2 -static -o share/parent "$here/parent.c"
echo "$work" >share/work
size=$(/usr/bin/crit decode -i rec/img/files.img | python3 -c '
import json, sys
files = [e["reg"] for e in json.load(sys.stdin)["entries"] if "reg" in e]
print(next(f["size"] for f in files if f["name"] == sys.argv[1]))' "$work/out.txt")
mkdir -p "files$work"
head -c "$size" out.txt >"files$work/out.txt"
: >"files$work/err.txt"
tar -C files -cf share/files.tar "./$work"
# By their names alone: the copies have no modes.
(cd rec/sysroot && find . -type f) | tar -C / -T - -rf share/files.tar

lines=$(wc -l <"files$work/out.txt")
echo "recorded: $(wc -l <out.txt) lines, $lines of them before the checkpoint"
timeout "${THAW_LAB_TIMEOUT:-300}" qemu-system-x86_64 -machine q35 -accel tcg -cpu "$cpu" -m 1024 \
	-nodefaults -display none -no-reboot -monitor none -serial file:console.txt \
	-kernel "$guest/vmlinuz" -initrd "$guest/initrd.cpio" \
	-append "console=ttyS0 panic=-1 quiet rdinit=/init" \
	-fsdev "local,id=host,path=$work/share,security_model=none" \
	-device virtio-9p-pci,fsdev=host,mount_tag=host

tr -d '\r' <console.txt | grep '^job:' || cat console.txt
if ! grep -q '^job: the program ended with status 3' console.txt || ! cmp out.txt share/out.restored; then
	[ -z "${THAW_LAB_KEEP-}" ] || cp -a "$work" "$THAW_LAB_KEEP"
	grep Error share/restore.log || tail -n 20 console.txt
	exit 1
fi
echo "restored: $(wc -l <share/out.restored) lines, the same as without"
