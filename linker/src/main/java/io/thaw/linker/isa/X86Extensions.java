package io.thaw.linker.isa;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Splits an instruction of 64-bit mode into prefixes, map and opcode (Intel SDM vol. 2, 2.1 to 2.7)
 * and asks the table of its encoding. EVEX encodings are all {@code avx512f}: which of the parts of
 * AVX-512 they need is not told.
 */
final class X86Extensions {

  /** An instruction that has been split. */
  record Opcode(int map, int prefix, int opcode, int modrm, boolean wide, boolean is256) {

    static final int NO_PREFIX = 0;

    int reg() {
      return modrm >> 3 & 7;
    }

    boolean isRegister() {
      return modrm >> 6 == 3;
    }

    boolean isIn(int from, int to) {
      return opcode >= from && opcode <= to;
    }
  }

  private static final int REX_W = 8;
  private static final int VEX_L = 4;
  private static final int[] VEX_PREFIXES = {0, 0x66, 0xf3, 0xf2};

  private final byte[] bytes;
  private int at;

  private X86Extensions(byte[] bytes) {
    this.bytes = bytes;
  }

  static Optional<String> of(byte[] instruction) {
    return Optional.ofNullable(new X86Extensions(instruction).extension());
  }

  private @Nullable String extension() {
    int prefix = Opcode.NO_PREFIX;
    for (; isLegacyPrefix(peek()); at++) {
      // Of F2 and F3 the last one selects the instruction, before 66.
      if (peek() >= 0xf2 || (peek() == 0x66 && prefix == Opcode.NO_PREFIX)) {
        prefix = peek();
      }
    }
    int rex = 0;
    if ((peek() & 0xf0) == 0x40) {
      rex = next();
    }
    int first = next();
    return switch (first) {
      case 0x0f -> X86LegacyTable.of(escaped(prefix, (rex & REX_W) != 0));
      case 0x62 -> "avx512f";
      case 0xc4 -> vex(next() & 0x1f, next());
      case 0xc5 -> vex(1, next() & 0x7f);
      default -> first >= 0xd8 && first <= 0xdf ? "fpu" : null;
    };
  }

  private Opcode escaped(int prefix, boolean wide) {
    int map = 1;
    int opcode = next();
    if (opcode == 0x38 || opcode == 0x3a) {
      map = opcode == 0x38 ? 2 : 3;
      opcode = next();
    }
    return new Opcode(map, prefix, opcode, next(), wide, /* is256= */ false);
  }

  private @Nullable String vex(int map, int last) {
    return X86VexTable.of(
        new Opcode(
            map, VEX_PREFIXES[last & 3], next(), next(), (last & 0x80) != 0, (last & VEX_L) != 0));
  }

  private static boolean isLegacyPrefix(int value) {
    return switch (value) {
      case 0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65, 0x66, 0x67, 0xf0, 0xf2, 0xf3 -> true;
      default -> false;
    };
  }

  private int peek() {
    return at < bytes.length ? bytes[at] & 0xff : 0;
  }

  /** The next byte; behind the end there are zeros. */
  private int next() {
    int value = peek();
    at++;
    return value;
  }
}
