"""Runs a riscv64 image of Thaw's on gem5:

    gem5.opt gem5/thaw_riscv.py IMAGE --cpu minor --caches --results results.json
"""

import sys

from m5.objects import RiscvBareMetal, RiscvSemihosting, System

import thaw_common as thaw

RAM = [(2 * thaw.GIB, 250 * thaw.GIB)]


def build(image, options):
    system = System()
    thaw.domains(system, options)
    system.mem_ranges = thaw.ram(RAM, image.ram_end)
    system.workload = RiscvBareMetal(
        bootloader=image.path, semihosting=RiscvSemihosting()
    )
    system.cpu, system.mem_mode = thaw.cpu("Riscv", options)
    system.membus = thaw.bus()
    thaw.memory(system, options)
    thaw.connect(system, options)
    return system


def main():
    options = thaw.arguments(__doc__).parse_args()
    image = thaw.Image(options.image, "riscv64")
    image.refuse({"sv48", "breakpoints"}, "gem5")
    sys.exit(thaw.run(build(image, options), image, options))


main()
