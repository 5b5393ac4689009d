#!/bin/sh
# Counts what it takes to boot Linux and restore a riscv64 dump with CRIU: see ../README.md.
# Usage: count.sh DUMP.tar.xz
set -eu
dump=$(readlink -f -- "${1:?usage: count.sh DUMP.tar.xz}")
guest=${THAW_LAB_GUEST:?a folder with vmlinuz and initrd.cpio of riscv64, see ../README.md}
here=$(dirname "$(readlink -f -- "$0")")
stubs=$here/../../../restorer-stubs
llvm=${THAW_LAB_LLVM:-$stubs/target/llvm}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/share"
tar -xf "$dump" -C "$work/share" --strip-components=1
cp "$here/guest-job.sh" "$work/share/job.sh"
chmod 755 "$work/share/job.sh"
cc -shared -fPIC -O2 -I "$stubs/tcg-plugin" -o "$work/marks.so" "$here/count_marks.c"
export LD_LIBRARY_PATH="$llvm"
for number in 1 2 3 4; do
	"$llvm/clang" --target=riscv64-linux -march=rv64gc -DNUMBER=$number -c "$here/mark.S" -o "$work/mark.o"
	"$llvm/lld" -flavor gnu -o "$work/share/mark$number" "$work/mark.o"
done
unset LD_LIBRARY_PATH

# As Rocket: RV64GC and Sv39. The kernel's own checks of speed are left out.
timeout "${THAW_LAB_TIMEOUT:-900}" qemu-system-riscv64 -machine virt -accel tcg \
	-cpu "${THAW_LAB_CPU:-rv64,v=false,zba=false,zbb=false,zbc=false,zbs=false,h=false,sstc=false}" \
	-m 1024 -nodefaults -display none -no-reboot -monitor none -serial "file:$work/console.txt" \
	-kernel "$guest/vmlinuz" -initrd "$guest/initrd.cpio" \
	-append "console=ttyS0 panic=-1 quiet rdinit=/init no4lvl unaligned_scalar_speed=slow" \
	-fsdev "local,id=host,path=$work/share,security_model=none" \
	-device virtio-9p-pci,fsdev=host,mount_tag=host \
	-plugin "$work/marks.so,marks=$work/marks"

tr -d '\r' <"$work/console.txt" | grep '^job:' || cat "$work/console.txt"
cmp "$work/share/stdout.expected" "$work/share/out.restored"
cat "$work/marks"
