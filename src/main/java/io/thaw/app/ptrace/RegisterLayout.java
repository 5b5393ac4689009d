package io.thaw.app.ptrace;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.RegisterRow;

/**
 * Where registers are in the general register set of ptrace, in words ({@code struct
 * user_regs_struct} of x86-64, {@code struct user_pt_regs} of AArch64).
 */
final class RegisterLayout {
  static final RegisterLayout X86_64 =
      new RegisterLayout(
          Architecture.X86_64,
          /* wordCount= */ 27,
          /* pc= */ 16,
          /* sp= */ 19,
          /* result= */ 10,
          /* number= */ 15,
          new int[] {14, 13, 12, 7, 9, 8},
          new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 19, 16, 18});
  static final RegisterLayout AARCH64 =
      new RegisterLayout(
          Architecture.AARCH64,
          /* wordCount= */ 34,
          /* pc= */ 32,
          /* sp= */ 31,
          /* result= */ 0,
          /* number= */ 8,
          new int[] {0, 1, 2, 3, 4, 5},
          identity(34));

  final Architecture architecture;
  final int wordCount;
  final int pc;
  final int sp;
  final int result;

  /** At a call, the word with its number: orig_rax, x8. */
  final int number;

  final int[] arguments;

  /** For each word of a {@link RegisterRow} the word here. */
  private final int[] rowWords;

  private RegisterLayout(
      Architecture architecture,
      int wordCount,
      int pc,
      int sp,
      int result,
      int number,
      int[] arguments,
      int[] rowWords) {
    this.architecture = architecture;
    this.wordCount = wordCount;
    this.pc = pc;
    this.sp = sp;
    this.result = result;
    this.number = number;
    this.arguments = arguments;
    this.rowWords = rowWords;
  }

  static RegisterLayout of(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> X86_64;
      case AARCH64 -> AARCH64;
      case RISCV64 -> throw new UnsupportedOperationException("recording on riscv64");
    };
  }

  long[] row(long[] words) {
    long[] row = new long[rowWords.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = words[rowWords[i]];
    }
    return row;
  }

  private static int[] identity(int count) {
    int[] words = new int[count];
    for (int i = 0; i < count; i++) {
      words[i] = i;
    }
    return words;
  }
}
