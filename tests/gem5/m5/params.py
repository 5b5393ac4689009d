"""The parameters that Thaw's scripts use."""


class PcCountPair:
    def __init__(self, pc, count):
        self.pc, self.count = pc, count
