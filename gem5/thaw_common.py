"""What Thaw's scripts for gem5 share: options, what an image says of itself, processors and
caches, the run with statistics of the region alone, and its results.

For gem5 v24.0 and later builds in which the names used here are the same.
"""

import argparse
import atexit
import ctypes
import json
import os
import re
import struct
import sys

import m5
from m5.objects import (
    AddrRange,
    BadAddr,
    Cache,
    MemCtrl,
    PcCountTracker,
    PcCountTrackerManager,
    Root,
    SimpleMemory,
    SrcClockDomain,
    SystemXBar,
    VoltageDomain,
)
from m5.params import PcCountPair

# What PcCountTrackerManager says when a pair of pc and count is reached.
MARK_REACHED = "simpoint starting point found"

GIB = 1 << 30


def arguments(description, cpus=("atomic", "timing", "minor", "o3")):
    """The options, which are the same for all architectures but for their processors."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("image", help="what 'thaw link' or 'thaw trim' wrote")
    parser.add_argument("--cpu", choices=cpus, default="atomic")
    parser.add_argument("--caches", action="store_true", help="two levels of caches")
    parser.add_argument("--l1i", default="32KiB", help="size of the L1 instruction cache")
    parser.add_argument("--l1d", default="32KiB", help="size of the L1 data cache")
    parser.add_argument("--l2", default="1MiB", help="size of the L2 cache")
    parser.add_argument("--clock", default="2GHz")
    parser.add_argument("--dram", help="a memory of gem5's, DDR4_2400_8x8 for example")
    parser.add_argument(
        "--console", help="file for what the program writes; left out: standard output"
    )
    parser.add_argument("--results", help="file for the results as JSON")
    return parser


def fail(message):
    """Ends the script; gem5 takes numbers as statuses only, not the text that Python takes."""
    print(message, file=sys.stderr)
    sys.exit(1)


class Image:
    """The manifest of an image, and what follows from it for a simulation."""

    def __init__(self, path, architecture):
        self.path = os.path.abspath(path)
        try:
            with open(self.path, "rb") as file:
                self.manifest = json.loads(_manifest(file))
        except (OSError, ValueError, KeyError, struct.error) as error:
            fail(f"{path}: not an image of Thaw's: {error}")
        if self.manifest["architecture"] != architecture:
            fail(
                f"{path}: manifest, architecture: found {self.manifest['architecture']},"
                f" acceptable: {architecture}"
            )
        # Some processors count instructions that trap: the stub's own do not.
        interval = self.manifest["interval"] or {"stubBegin": None, "stubEnd": None}
        self.begin = _mark(interval["stubBegin"] or self.manifest["regionBegin"])
        self.end = interval["stubEnd"] and _mark(interval["stubEnd"])
        # gem5 compares with the end of an image as if it were its last byte.
        self.ram_end = self.manifest["ramEndPaddr"] + 4096

    def refuse(self, needs, simulator):
        """Ends the script if the image needs one of these of the processor."""
        lacking = [need for need in self.manifest["needs"] if need in needs]
        if lacking:
            fail(
                f"{self.path}: manifest, needs: found {', '.join(lacking)}, acceptable:"
                f" an image that does without, which {simulator} can run"
            )


def _mark(mark):
    return PcCountPair(mark["pc"] & 0xFFFFFFFFFFFFFFFF, mark["count"])


def _manifest(file):
    """The text in the note of owner Thaw, type 1, of an ELF64 file."""
    header = file.read(64)
    if header[:6] != b"\x7fELF\x02\x01":
        raise ValueError("no ELF64 of little-endian order")
    (offset,) = struct.unpack_from("<Q", header, 32)
    size, count = struct.unpack_from("<HH", header, 54)
    for index in range(count):
        file.seek(offset + index * size)
        kind, _, start, _, _, length = struct.unpack("<IIQQQQ", file.read(40))
        if kind == 4 and length < 64 << 20:
            file.seek(start)
            note = file.read(length)
            name_size, text_size, note_type = struct.unpack_from("<III", note)
            if note[12:17] == b"Thaw\0" and name_size == 5 and note_type == 1:
                return note[20 : 20 + text_size]
    raise ValueError("no note of Thaw's")


def cpu(prefix, options):
    """A processor of the architecture whose classes begin so, and the mode of its memory."""
    names = {
        "atomic": "AtomicSimpleCPU",
        "timing": "TimingSimpleCPU",
        "minor": "MinorCPU",
        "o3": "O3CPU",
    }
    model = getattr(m5.objects, prefix + names[options.cpu])
    return model(cpu_id=0), "atomic" if options.cpu == "atomic" else "timing"


def domains(system, options):
    """Clock and voltage."""
    system.voltage_domain = VoltageDomain()
    system.clk_domain = SrcClockDomain(
        clock=options.clock, voltage_domain=system.voltage_domain
    )


def bus():
    """One that has an answer for addresses where nothing is: a processor may go there on a
    wrong path."""
    membus = SystemXBar()
    membus.badaddr_responder = BadAddr()
    membus.default = membus.badaddr_responder.pio
    return membus


def memory(system, options):
    """A memory for each range, on the bus."""
    memories = []
    for range_ in system.mem_ranges:
        if options.dram:
            controller = MemCtrl(dram=getattr(m5.objects, options.dram)(range=range_))
        else:
            controller = SimpleMemory(range=range_, latency="50ns")
        controller.port = system.membus.mem_side_ports
        memories.append(controller)
    system.ram = memories


def connect(system, options):
    """The processor to the bus, with caches in between if they are wanted."""
    if options.caches:
        system.cpu.addTwoLevelCacheHierarchy(
            _cache(options.l1i, 4, 1), _cache(options.l1d, 4, 2), _cache(options.l2, 16, 12)
        )
    system.cpu.createInterruptController()
    system.cpu.connectBus(system.membus)
    system.cpu.createThreads()
    system.system_port = system.membus.cpu_side_ports


def _cache(size, ways, latency):
    return Cache(
        size=size,
        assoc=ways,
        tag_latency=latency,
        data_latency=latency,
        response_latency=latency,
        mshrs=16,
        tgts_per_mshr=20,
    )


def ram(ranges, end):
    """Ranges of memory cut off behind what an image needs, in whole MiB."""
    wanted = []
    for start, limit in ranges:
        if end > start:
            top = min(limit, (end + (1 << 20) - 1) & -(1 << 20))
            wanted.append(AddrRange(start=start, end=top))
    return wanted


def run(system, image, options):
    """Simulates to the image's end; statistics are those of the region, if it is reached.

    Returns gem5's exit status: 0 if the program exited or the interval is complete.
    """
    marks = [image.begin] + ([image.end] if image.end else [])
    manager = PcCountTrackerManager(targets=marks)
    system.region = manager
    tracker = PcCountTracker(targets=marks, core=system.cpu, ptmanager=manager)
    system.cpu.probeListener = tracker
    root = Root(full_system=True, system=system)
    m5.instantiate()
    with _Console(options.console):
        results = _simulate(system.cpu)
    # gem5 would do so once more at its exit, with what is not the region.
    atexit.unregister(m5.stats.dump)
    if "instructionsBefore" in results:
        if not results["regionEnded"]:
            m5.stats.dump()
        results.update(_statistics())
    if options.results:
        with open(options.results, "w", encoding="utf-8") as file:
            json.dump(results, file)
    else:
        print(json.dumps(results))
    return 0 if results["code"] in (1, 8) else 1


def _simulate(processor):
    """Until something else than a mark ends it."""
    results = {"regionEnded": False}
    while True:
        event = m5.simulate()
        if event.getCause() != MARK_REACHED:
            results["cause"] = event.getCause()
            results["code"] = event.getCode()
            return results
        if "instructionsBefore" not in results:
            results["instructionsBefore"] = processor.totalInsts()
            m5.stats.reset()
        else:
            results["regionEnded"] = True
            m5.stats.dump()


def _statistics():
    """Of the last dump: instructions and cycles of the processor."""
    wanted = {
        "system.cpu.commitStats0.numInsts": "instructions",
        "system.cpu.numCycles": "cycles",
        "simTicks": "ticks",
    }
    found = {}
    with open(os.path.join(m5.options.outdir, "stats.txt"), encoding="utf-8") as file:
        for line in file:
            match = re.match(r"(\S+)\s+(\d+)\s", line)
            if match and match.group(1) in wanted:
                found[wanted[match.group(1)]] = int(match.group(2))
    return found


class _Console:
    """Semihosting writes to gem5's standard output: that goes to a file meanwhile."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self._flush()
        if self.path:
            self.saved = os.dup(1)
            file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
            os.dup2(file, 1)
            os.close(file)

    def __exit__(self, *ignored):
        self._flush()
        if self.path:
            os.dup2(self.saved, 1)
            os.close(self.saved)

    @staticmethod
    def _flush():
        sys.stdout.flush()
        ctypes.CDLL(None).fflush(None)
