package io.thaw.linker.trim;

import io.thaw.linker.model.Architecture;

/**
 * Bits of page-table entries as the stub's {@code arch.h} has them: Intel SDM vol. 3, 4.5; Arm ARM
 * D8.3.
 *
 * @param user leaves of the program
 * @param held no rights, but the frame stays
 * @param marked a marker waits for the first touch; the stub makes it present then
 * @param userEntries how many entries of the root are the program's
 */
record PteBits(long user, long held, long marked, int userEntries) {

  static final long PRESENT = 1;
  static final long FRAME = 0x0000_ffff_ffff_f000L;
  static final int ENTRIES = 512;

  private static final PteBits X86_64 = new PteBits(1 << 2, 1 << 9, 1 << 10, 256);
  private static final PteBits AARCH64 = new PteBits(1 << 6, 1L << 55, 1L << 56, ENTRIES);

  static PteBits of(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> X86_64;
      case AARCH64 -> AARCH64;
      case RISCV64 -> throw new IllegalArgumentException("images of riscv64 are not trimmed");
    };
  }

  boolean isOfProgram(long entry) {
    return (entry & (PRESENT | user)) == (PRESENT | user);
  }

  boolean hasFrame(long entry) {
    return isOfProgram(entry) || (entry & (PRESENT | held)) == held;
  }
}
