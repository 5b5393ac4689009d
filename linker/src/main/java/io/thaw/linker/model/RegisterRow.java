package io.thaw.linker.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The general registers of a thread at a trap, stack pointer, PC and flags included: what a
 * recording compares and sets. The words are in the order of {@link #names}, the flags last;
 * riscv64 has none, and the PC in their place.
 */
public final class RegisterRow {

  private static final List<String> X86_NAMES =
      Stream.concat(X86Registers.GENERAL_NAMES.stream(), Stream.of("rip", "rflags")).toList();

  private static final List<String> AARCH64_NAMES =
      Stream.concat(
              IntStream.range(0, Aarch64Registers.GENERAL_COUNT).mapToObj(i -> "x" + i),
              Stream.of("sp", "pc", "pstate"))
          .toList();

  private static final List<String> RISCV64_NAMES =
      Stream.concat(Riscv64Registers.GENERAL_NAMES.stream(), Stream.of("pc")).toList();

  /** CF, PF, AF, ZF, SF, DF and OF: what a program can compute; the rest is the machine's. */
  private static final long X86_FLAGS = 0xcd5;

  /** N, Z, C and V. */
  private static final long AARCH64_FLAGS = 0xf000_0000L;

  private static final long ALL_BITS = -1;

  private final Architecture architecture;
  private final long[] words;

  private RegisterRow(Architecture architecture, long[] words) {
    this.architecture = architecture;
    this.words = words;
    words[words.length - 1] &= flagsMask(architecture);
  }

  /**
   * A row of {@code words}; of the flags only those that a program can compute are kept.
   *
   * @throws IllegalArgumentException if there are not as many as the architecture has
   */
  public static RegisterRow of(Architecture architecture, long[] words) {
    if (words.length != wordCount(architecture)) {
      throw new IllegalArgumentException("words: " + words.length);
    }
    return new RegisterRow(architecture, words.clone());
  }

  /** Names of the words. */
  public static List<String> names(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> X86_NAMES;
      case AARCH64 -> AARCH64_NAMES;
      case RISCV64 -> RISCV64_NAMES;
    };
  }

  /** How many words a row has. */
  public static int wordCount(Architecture architecture) {
    return names(architecture).size();
  }

  /** Which bits of the last word count. */
  public static long flagsMask(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> X86_FLAGS;
      case AARCH64 -> AARCH64_FLAGS;
      case RISCV64 -> ALL_BITS;
    };
  }

  public Architecture architecture() {
    return architecture;
  }

  /** The word of index {@code index} in {@link #names}. */
  public long word(int index) {
    return words[index];
  }

  /** A copy of the words. */
  public long[] toArray() {
    return words.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RegisterRow that
        && architecture == that.architecture
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }
}
