package io.thaw.app.dump;

import io.thaw.linker.model.Architecture;

/** Numbers of the calls that a dump makes in the process, {@code <asm/unistd.h>}. */
record CallNumbers(
    long mmap,
    long munmap,
    long mincore,
    long brk,
    long ioctl,
    long sigaction,
    long sigaltstack,
    long getitimer,
    long timerGettime,
    long timerGetoverrun,
    long clockGettime,
    long prctl,
    long prlimit,
    long getRobustList,
    long kcmp) {

  private static final CallNumbers X86_64 =
      new CallNumbers(9, 11, 27, 12, 16, 13, 131, 36, 224, 225, 228, 157, 302, 274, 312);
  private static final CallNumbers AARCH64 =
      new CallNumbers(222, 215, 232, 214, 29, 134, 132, 102, 108, 109, 113, 167, 261, 100, 272);

  static CallNumbers of(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> X86_64;
      case AARCH64 -> AARCH64;
      case RISCV64 -> throw new UnsupportedOperationException("recording on riscv64");
    };
  }
}
