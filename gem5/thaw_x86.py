"""Runs an x86-64 image of Thaw's on gem5:

    gem5.opt gem5/thaw_x86.py IMAGE --cpu o3 --caches --results results.json

The image has to be linked for gem5-x86_64, unless its dump is of a processor without XSAVE.
"""

import os
import sys

import m5
from m5.objects import (
    Addr,
    AddrRange,
    Bridge,
    IOXBar,
    Pc,
    System,
    X86FsWorkload,
)

import thaw_common as thaw

RAM = [(0, 3 * thaw.GIB), (4 * thaw.GIB, 256 * thaw.GIB)]

# MinorCPU ends sooner or later: it executes invalid micro-operations of wrong paths.
CPUS = ["atomic", "timing", "o3"]

# Where gem5 keeps I/O ports and local interrupt controllers, arch/x86/x86_traits.hh.
PORTS = 0x8000000000000000
LOCAL_APIC = 0xA000000000000000
PCI_CONFIG = 0xC000000000000000


def build(image, options):
    system = System()
    thaw.domains(system, options)
    system.mem_ranges = thaw.ram(RAM, image.ram_end)
    system.workload = X86FsWorkload(object_file=image.path)
    system.cpu, system.mem_mode = thaw.cpu("X86", options)
    system.membus = thaw.bus()
    system.iobus = IOXBar()
    system.bridge = Bridge(delay="50ns")
    system.bridge.mem_side_port = system.iobus.cpu_side_ports
    system.bridge.cpu_side_port = system.membus.mem_side_ports
    system.bridge.ranges = [
        AddrRange(3 * thaw.GIB, 0xFFFF0000),
        AddrRange(PORTS, LOCAL_APIC - 1),
        AddrRange(PCI_CONFIG, Addr.max),
    ]
    system.apicbridge = Bridge(delay="50ns")
    system.apicbridge.cpu_side_port = system.iobus.mem_side_ports
    system.apicbridge.mem_side_port = system.membus.cpu_side_ports
    system.apicbridge.ranges = [AddrRange(LOCAL_APIC, LOCAL_APIC + 0xFFF)]
    system.pc = Pc()
    system.pc.attachIO(system.iobus)
    thaw.memory(system, options)
    thaw.connect(system, options)
    return system


def main():
    options = thaw.arguments(__doc__, CPUS).parse_args()
    image = thaw.Image(options.image, "x86-64")
    image.refuse({"avx", "pku", "fsgsbase", "breakpoints"}, "gem5")
    console, options.console = options.console, None
    if console:
        # The serial port's file is there from the start, so that it can be followed.
        port = os.path.join(m5.options.outdir, "system.pc.com_1.device")
        if os.path.lexists(port):
            os.remove(port)
        os.symlink(os.path.abspath(console), port)
    sys.exit(thaw.run(build(image, options), image, options))


main()
