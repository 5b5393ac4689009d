"""Stands in for gem5 where there is none: objects keep what they are given, and a simulation
is a list of events in the environment variable THAW_EVENTS, "cause:code" with ";" between."""

import atexit
import os
import types

from . import objects, params  # noqa: F401

log = []
options = types.SimpleNamespace(outdir=os.environ["THAW_OUTDIR"])
_events = [event.rsplit(":", 1) for event in os.environ["THAW_EVENTS"].split(";")]


class _Event:
    def __init__(self, cause, code):
        self.cause, self.code = cause, int(code)

    def getCause(self):
        return self.cause

    def getCode(self):
        return self.code


def instantiate():
    log.append("instantiate")


def simulate():
    cause, code = _events.pop(0)
    if "simulate" not in log:
        atexit.register(stats.dump)
    log.append("simulate")
    os.write(1, b"program\n")
    return _Event(cause, code)


def _dump():
    log.append("dump")
    with open(os.path.join(options.outdir, "stats.txt"), "a", encoding="utf-8") as file:
        file.write("simTicks                123   # ticks\n")
        file.write("system.cpu.numCycles    4000  # cycles\n")
        file.write("system.cpu.commitStats0.numInsts  1000  # instructions\n")
        file.write("log." + ".".join(log) + "  1\n")


stats = types.SimpleNamespace(reset=lambda: log.append("reset"), dump=_dump)
