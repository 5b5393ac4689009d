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
            echo "| $dump | $platform | $simulator${*:+ $*} | not linked: $(sed -n 's/^error: [^ ]* //p' "$work/json") | - |"
            return
        fi
    fi
    "$root/thaw" run "$image" --on "$simulator" --timeout 10m --json "$@" \
        >"$work/output" 2>"$work/json" || status=$?
    case $status in
    4) verdict="not run: $(sed -n 's/^error: //p' "$work/json")" ;;
    2 | 3) verdict="refused: $(sed -n 's/^error: //p' "$work/json" | head -n 1)" ;;
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

on_gem5() {
    row "$1" "$2" gem5 --cpu atomic
    row "$1" "$2" gem5 --cpu o3 --caches
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
        for machine in microvm q35 pc; do
            row $dump qemu-x86_64 qemu --machine $machine --count
        done
        row $dump qemu-x86_64 bochs
        row $dump gem5-x86_64 qemu --count
        row $dump gem5-x86_64 bochs
        on_gem5 $dump gem5-x86_64
    done
    for dump in aarch64-static aarch64-dynamic aarch64-dynamic-pac aarch64-dynamic-pac52; do
        expected $dump
        for machine in virt virt-el2 virt-el3; do
            row $dump qemu-aarch64 qemu --machine $machine --count
        done
        on_gem5 $dump qemu-aarch64
    done
    for dump in riscv64-static riscv64-dynamic; do
        expected $dump
        row $dump qemu-riscv64 qemu --count
        row $dump gem5-riscv64 qemu --count
        on_gem5 $dump gem5-riscv64
        row $dump rocket verilator
    done
}
