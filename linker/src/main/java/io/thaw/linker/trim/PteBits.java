package io.thaw.linker.trim;

import io.thaw.linker.model.Architecture;

/**
 * Bits of page-table entries as the stub's {@code arch.h} has them: Intel SDM vol. 3, 4.5; Arm ARM
 * D8.3; RISC-V privileged architecture 10.4.
 *
 * @param user leaves of the program
 * @param held no rights, but the frame stays
 * @param marked a marker waits for the first touch; the stub makes it present then
 * @param userEntries how many entries of the root are the program's
 * @param frameMask where an entry has its frame
 * @param frameShift so far to the left are the frame's bits of where its address has them
 */
record PteBits(long user, long held, long marked, int userEntries, long frameMask, int frameShift) {

  static final long PRESENT = 1;
  static final int ENTRIES = 512;

  private static final long ADDRESS = 0x0000_ffff_ffff_f000L;

  /** The number of a page, which has 44 bits, from bit 10 on. */
  private static final long NUMBER = 0x003f_ffff_ffff_fc00L;

  private static final PteBits X86_64 =
      new PteBits(1 << 2, 1 << 9, 1 << 10, ENTRIES / 2, ADDRESS, 0);
  private static final PteBits AARCH64 =
      new PteBits(1 << 6, 1L << 55, 1L << 56, ENTRIES, ADDRESS, 0);
  private static final PteBits RISCV64 =
      new PteBits(1 << 4, 1 << 8, 1 << 9, ENTRIES / 2, NUMBER, 2);

  static PteBits of(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> X86_64;
      case AARCH64 -> AARCH64;
      case RISCV64 -> RISCV64;
    };
  }

  boolean isOfProgram(long entry) {
    return (entry & (PRESENT | user)) == (PRESENT | user);
  }

  boolean hasFrame(long entry) {
    return isOfProgram(entry) || (entry & (PRESENT | held)) == held;
  }

  /** The paddr of an entry's frame, or of the table that it leads to. */
  long frame(long entry) {
    return (entry & frameMask) << frameShift;
  }
}
