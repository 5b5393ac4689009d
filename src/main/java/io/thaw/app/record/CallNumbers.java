package io.thaw.app.record;

import io.thaw.linker.model.Architecture;

/** Numbers of the calls that the recorder itself makes inside a process, or has to know. */
record CallNumbers(
    long mmap,
    long munmap,
    long mremap,
    long brk,
    long prctl,
    long signalReturn,
    long exit,
    long exitGroup,
    long restart,
    long futex) {

  private static final CallNumbers X86_64 =
      new CallNumbers(9, 11, 25, 12, 157, 15, 60, 231, 219, 202);
  private static final CallNumbers AARCH64 =
      new CallNumbers(222, 215, 216, 214, 167, 139, 93, 94, 128, 98);

  static CallNumbers of(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> X86_64;
      case AARCH64 -> AARCH64;
      case RISCV64 -> throw new UnsupportedOperationException("recording on riscv64");
    };
  }

  boolean isExit(long number) {
    return number == exit || number == exitGroup;
  }
}
