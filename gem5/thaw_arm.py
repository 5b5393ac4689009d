"""Runs an AArch64 image of Thaw's on gem5:

    gem5.opt gem5/thaw_arm.py IMAGE --cpu o3 --caches --results results.json
"""

import sys

from m5.objects import (
    ArmDefaultRelease,
    ArmExtension,
    ArmFsWorkload,
    ArmPMU,
    ArmPPI,
    ArmSemihosting,
    ArmSystem,
    Bridge,
    IOXBar,
    Terminal,
    VExpress_GEM5_V2,
    VncServer,
)

import thaw_common as thaw

RAM = [(2 * thaw.GIB, 512 * thaw.GIB)]


def release(level):
    """One whose highest exception level is this."""
    chosen = ArmDefaultRelease()
    if level < 3:
        chosen.remove(ArmExtension("SECURITY"))
    if level < 2:
        chosen.remove(ArmExtension("VIRTUALIZATION"))
    return chosen


def build(image, options):
    system = ArmSystem(
        release=release(options.el),
        auto_reset_addr=True,
        highest_el_is_64=True,
        semihosting=ArmSemihosting(),
        terminal=Terminal(),
        vncserver=VncServer(),
    )
    thaw.domains(system, options)
    system.mem_ranges = thaw.ram(RAM, image.ram_end)
    system.workload = ArmFsWorkload(object_file=image.path, dtb_addr=0)
    system.cpu, system.mem_mode = thaw.cpu("Arm", options)
    system.membus = thaw.bus()
    system.iobus = IOXBar()
    system.bridge = Bridge(delay="50ns")
    system.bridge.mem_side_port = system.iobus.cpu_side_ports
    system.bridge.cpu_side_port = system.membus.mem_side_ports
    system.dmabridge = Bridge(delay="50ns", ranges=system.mem_ranges)
    system.dmabridge.mem_side_port = system.membus.cpu_side_ports
    system.dmabridge.cpu_side_port = system.iobus.mem_side_ports
    system.realview = VExpress_GEM5_V2()
    system.realview.gic.gicv4 = False
    if hasattr(system.realview.gic, "cpu_addr"):
        system.gic_cpu_addr = system.realview.gic.cpu_addr
    system.realview.attachOnChipIO(system.membus, system.bridge)
    system.realview.attachIO(system.iobus)
    thaw.memory(system, options)
    thaw.connect(system, options)
    if options.pmu:
        for isa in system.cpu.isa:
            isa.pmu = ArmPMU(interrupt=ArmPPI(num=23))
            isa.pmu.addArchEvents(
                cpu=system.cpu,
                itb=system.cpu.mmu.itb,
                dtb=system.cpu.mmu.dtb,
                icache=getattr(system.cpu, "icache", None),
                dcache=getattr(system.cpu, "dcache", None),
                l2cache=getattr(system.cpu, "l2cache", None),
            )
    return system


def main():
    parser = thaw.arguments(__doc__)
    parser.add_argument(
        "--el", type=int, choices=[1, 2, 3], default=3, help="where the image is entered"
    )
    parser.add_argument("--pmu", action="store_true", help="a processor with a PMU")
    options = parser.parse_args()
    image = thaw.Image(options.image, "aarch64")
    image.refuse({"lpa2", "breakpoints"}, "gem5")
    sys.exit(thaw.run(build(image, options), image, options))


main()
