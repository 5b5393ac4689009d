"""What a kernel does besides calls, on x86-64: a fault that the program handles, reads of the
cycle counter, a mapping that grows and moves. Machine code is written into a page, so that no
compiler is needed."""

import ctypes
import mmap

READ_COUNTER = b"\x0f\x31\x48\xc1\xe2\x20\x48\x09\xd0\xc3"  # rdtsc; shl rdx,32; or rax,rdx; ret
READ_NOTHING = b"\x31\xc0\x8a\x00\xc3"  # xor eax,eax; mov al,[rax]; ret
SKIP_TWO_BYTES = b"\x48\x83\x82\xa8\x00\x00\x00\x02\xc3"  # add qword [rdx+168],2; ret

SIGSEGV = 11
SA_SIGINFO = 4


class SignalAction(ctypes.Structure):
    """As the C library has it."""

    _fields_ = [
        ("handler", ctypes.c_void_p),
        ("mask", ctypes.c_ulong * 16),
        ("flags", ctypes.c_int),
        ("restorer", ctypes.c_void_p),
    ]


code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
start = ctypes.addressof(ctypes.c_char.from_buffer(code))


def place(offset, instructions):
    code[offset : offset + len(instructions)] = instructions
    return start + offset


libc = ctypes.CDLL(None)
action = SignalAction(handler=place(0, SKIP_TWO_BYTES), flags=SA_SIGINFO)
assert libc.sigaction(SIGSEGV, ctypes.byref(action), None) == 0
fault = ctypes.CFUNCTYPE(ctypes.c_long)(place(64, READ_NOTHING))
for _ in range(3):
    print("behind a fault", fault())

counter = ctypes.CFUNCTYPE(ctypes.c_ulong)(place(128, READ_COUNTER))
times = [counter() for _ in range(5)]
print(times == sorted(times), times)

PRIVATE = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
grown = mmap.mmap(-1, 8192, flags=PRIVATE)
grown[0:4] = b"kept"
other = mmap.mmap(-1, 4096, flags=PRIVATE)
grown.resize(1 << 20)
print(grown[0:4], sum(grown[8192:]))
