# shellcheck shell=sh
# Dumps, what they were run on, the verdict and the instructions of the restore path, as a
# table of Markdown. To be sourced; the caller has set root and work.

# row DUMP PLATFORM SIMULATOR [ARGUMENT...]: links for the platform, runs, prints a line.
row() {
    dump=$1 platform=$2 simulator=$3
    shift 3
    image=$work/$dump-$platform.elf
    status=0
    if [ ! -e "$image" ]; then
        "$root/thaw" link "$root/tests/fixtures/dumps/$dump.tar.xz" \
            --platform "$platform" -o "$image" >/dev/null 2>"$work/json" || status=$?
        if [ "$status" != 0 ]; then
            echo "| $dump | $platform | $simulator${*:+ $*} | not linked: $(complaint) | - |"
            return
        fi
    fi
    "$root/thaw" run "$image" --on "$simulator" --timeout 10m --json "$@" \
        >"$work/output" 2>"$work/json" || status=$?
    case $status in
    4) verdict="not run: $(sed -n 's/^error: //p' "$work/json")" ;;
    2 | 3) verdict="refused: $(complaint)" ;;
    *) verdict=$(field verdict) ;;
    esac
    [ "$verdict" != exited ] || verdict="exited $(field status)"
    missing=missing.$dump
    if [ "$status" = 0 ] && ! cmp -s "$work/output" "$work/$missing"; then
        verdict="$verdict, but other output"
    fi
    restore=$(field restoreInstructions)
    # A whole image's region begins behind the restore path.
    [ -n "$restore" ] || restore=$(field instructionsBeforeRegion)
    echo "| $dump | $platform | $simulator${*:+ $*} | $verdict | ${restore:--} |"
}

# complaint: the first refusal, without its file.
complaint() {
    sed -n 's/^error: [^ ]*: //p' "$work/json" | head -n 1
}

field() {
    sed -n 's/.*"'"$1"'" *: *"\{0,1\}\([^",}]*\).*/\1/p' "$work/json" | head -n 1
}

# expected DUMP: what its program has left to print.
expected() {
    archive=$root/tests/fixtures/dumps/$1.tar.xz
    tar -xJOf "$archive" "$1/stdout.expected" >"$work/whole"
    printed=$(tar -xJOf "$archive" "$1/stdout.at-dump" | wc -c)
    tail -c +$((printed + 1)) "$work/whole" >"$work/missing.$1"
}

matrix() {
    echo "| dump | image for | run by | verdict | restore instructions |"
    echo "| --- | --- | --- | --- | --- |"
    for dump in x86-64-static x86-64-dynamic x86-64-static-sse3 x86-64-dynamic-sse3; do
        expected $dump
        for platform in qemu-x86_64 gem5-x86_64; do
            for machine in microvm q35 pc; do
                row $dump $platform qemu --machine $machine --count
            done
            row $dump $platform bochs
        done
        row $dump gem5-x86_64 gem5 --cpu atomic
        row $dump gem5-x86_64 gem5 --cpu o3 --caches
    done
    for dump in aarch64-static aarch64-dynamic aarch64-dynamic-pac aarch64-dynamic-pac52; do
        expected $dump
        for machine in virt virt-el2 virt-el3; do
            row $dump qemu-aarch64 qemu --machine $machine --count
        done
        for machine in vexpress-el1 vexpress-el2 vexpress; do
            row $dump qemu-aarch64 gem5 --machine $machine --cpu atomic
        done
        row $dump qemu-aarch64 gem5 --cpu o3 --caches
        row $dump gem5-aarch64 qemu --count
        row $dump gem5-aarch64 gem5 --cpu o3 --caches
    done
    for dump in riscv64-static riscv64-dynamic; do
        expected $dump
        for platform in qemu-riscv64 gem5-riscv64; do
            row $dump $platform qemu --count
        done
        row $dump gem5-riscv64 gem5 --cpu atomic
        row $dump gem5-riscv64 gem5 --cpu o3 --caches
        row $dump rocket verilator
    done
}
