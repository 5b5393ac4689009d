package io.thaw.linker.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The digests by which a replay proves that it is on the recorded path. Both fold words by {@code h
 * = (rotl(h, 5) ^ word) * K}, a bijection of {@code h} and of {@code word}: no change of one word
 * is lost. The stub computes the same ({@code digest.h} of the stubs).
 */
public final class Digests {

  /** Odd, so that the product is a bijection; the golden ratio's bits. */
  public static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  private Digests() {}

  /** Digest of the registers at a trap: all words of the row in order that {@link #counts}. */
  public static long ofRegisters(Trigger trigger, RegisterRow row) {
    long digest = 0;
    for (int i = 0; i < RegisterRow.wordCount(row.architecture()); i++) {
      if (counts(trigger, row.architecture(), i)) {
        digest = fold(digest, row.word(i));
      }
    }
    return digest;
  }

  /**
   * Whether word {@code index} of a row is compared at a trigger. R11 is not: each system call
   * leaves the flags in it, with bits of the machine's own. At a call itself RCX is not either, the
   * processor has destroyed it; nor is AArch64's X7, which a tracer cannot see.
   */
  public static boolean counts(Trigger trigger, Architecture architecture, int index) {
    String name = RegisterRow.names(architecture).get(index);
    return switch (architecture) {
      case X86_64 -> !name.equals("r11") && (trigger != Trigger.CALL || !name.equals("rcx"));
      case AARCH64 -> trigger != Trigger.CALL || !name.equals("x7");
      case RISCV64 -> true;
    };
  }

  /** Digest of bytes: as little-endian words, the last one filled with zeros, then their number. */
  public static long ofBytes(ByteBuffer bytes) {
    ByteBuffer words = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long sizeBytes = words.remaining();
    long digest = 0;
    while (words.remaining() >= Long.BYTES) {
      digest = fold(digest, words.getLong());
    }
    long last = 0;
    for (int shift = 0; words.hasRemaining(); shift += Byte.SIZE) {
      last |= (words.get() & 0xffL) << shift;
    }
    return fold(fold(digest, last), sizeBytes);
  }

  /** The digest {@code digest} with one word more. */
  public static long fold(long digest, long word) {
    return (Long.rotateLeft(digest, 5) ^ word) * MULTIPLIER;
  }
}
