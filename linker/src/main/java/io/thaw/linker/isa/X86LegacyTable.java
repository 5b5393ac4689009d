package io.thaw.linker.isa;

import io.thaw.linker.isa.X86Extensions.Opcode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Extensions of instructions that begin with 0F (Intel SDM vol. 2, A.3). */
final class X86LegacyTable {

  /** Integer instructions on MMX registers that came with SSE. */
  private static final Set<Integer> SSE_ON_MMX =
      Set.of(0x70, 0xc4, 0xc5, 0xd7, 0xda, 0xde, 0xe0, 0xe3, 0xe4, 0xe7, 0xea, 0xee, 0xf6, 0xf7);

  private static final Set<Integer> SSE2_WITHOUT_PREFIX =
      Set.of(0x5a, 0x5b, 0xc3, 0xd4, 0xf4, 0xfb);

  private X86LegacyTable() {}

  static @Nullable String of(Opcode op) {
    return switch (op.map()) {
      case 1 -> map1(op);
      case 2 -> map2(op);
      default -> map3(op);
    };
  }

  private static @Nullable String map1(Opcode op) {
    int code = op.opcode();
    return switch (code) {
      case 0x01 -> op.modrm() == 0xf9 ? "rdtscp" : op.modrm() == 0xd0 ? "xsave" : null;
      case 0x0d -> "3dnowprefetch";
      case 0x18 -> op.isRegister() ? null : "sse";
      case 0x1e -> op.prefix() == 0xf3 && op.isRegister() ? shadowStackOrTracking(op) : null;
      case 0x31 -> "tsc";
      case 0x77 -> "mmx";
      case 0xae -> state(op);
      case 0xb8 -> op.prefix() == 0xf3 ? "popcnt" : null;
      case 0xbc -> op.prefix() == 0xf3 ? "bmi1" : null;
      case 0xbd -> op.prefix() == 0xf3 ? "abm" : null;
      case 0xc7 -> group9(op);
      case 0xff -> null;
      default -> isVector(op) ? vector(op) : op.isIn(0x40, 0x4f) ? "cmov" : null;
    };
  }

  private static String shadowStackOrTracking(Opcode op) {
    return op.modrm() == 0xfa || op.modrm() == 0xfb ? "ibt" : "user_shstk";
  }

  private static boolean isVector(Opcode op) {
    return op.isIn(0x10, 0x17)
        || op.isIn(0x28, 0x2f)
        || op.isIn(0x50, 0x7f)
        || op.isIn(0xc2, 0xc6)
        || op.isIn(0xd0, 0xfe);
  }

  private static String vector(Opcode op) {
    int code = op.opcode();
    boolean single = op.prefix() == 0xf3;
    boolean duplicates = (code == 0x12 && op.prefix() >= 0xf2) || (code == 0x16 && single);
    if (duplicates || op.isIn(0x7c, 0x7d) || code == 0xd0 || code == 0xf0) {
      return "pni";
    }
    if (op.prefix() == Opcode.NO_PREFIX) {
      if (SSE2_WITHOUT_PREFIX.contains(code)) {
        return "sse2";
      }
      boolean onMmx = op.isIn(0x60, 0x7f) || op.isIn(0xd1, 0xfe);
      return onMmx && !SSE_ON_MMX.contains(code) ? "mmx" : "sse";
    }
    boolean singlePrecision =
        single
            && (op.isIn(0x10, 0x11) || op.isIn(0x2a, 0x2d) || op.isIn(0x51, 0x5f) || code == 0xc2)
            && code != 0x5a
            && code != 0x5b;
    return singlePrecision ? "sse" : "sse2";
  }

  /** Group 15. */
  private static @Nullable String state(Opcode op) {
    if (op.isRegister()) {
      if (op.prefix() == 0xf3) {
        return op.reg() < 4 ? "fsgsbase" : "user_shstk";
      }
      return op.prefix() != Opcode.NO_PREFIX ? "waitpkg" : op.reg() == 7 ? "sse" : "sse2";
    }
    return switch (op.reg()) {
      case 0, 1 -> "fxsr";
      case 2, 3 -> "sse";
      case 4, 5 -> "xsave";
      case 6 -> op.prefix() == 0x66 ? "clwb" : "xsaveopt";
      default -> op.prefix() == 0x66 ? "clflushopt" : "clflush";
    };
  }

  private static @Nullable String group9(Opcode op) {
    if (op.isRegister()) {
      return switch (op.reg()) {
        case 6 -> "rdrand";
        case 7 -> op.prefix() == 0xf3 ? "rdpid" : "rdseed";
        default -> null;
      };
    }
    return switch (op.reg()) {
      case 1 -> op.wide() ? "cx16" : "cx8";
      case 3, 5 -> "xsaves";
      case 4 -> "xsavec";
      default -> null;
    };
  }

  private static @Nullable String map2(Opcode op) {
    if (op.isIn(0x00, 0x0b) || op.isIn(0x1c, 0x1e)) {
      return "ssse3";
    }
    if (op.opcode() == 0x37) {
      return "sse4_2";
    }
    if (op.isIn(0x10, 0x41)) {
      return "sse4_1";
    }
    if (op.isIn(0xc8, 0xcd)) {
      return "sha_ni";
    }
    if (op.isIn(0xdb, 0xdf)) {
      return "aes";
    }
    return switch (op.opcode()) {
      case 0xcf -> "gfni";
      case 0xf0, 0xf1 -> op.prefix() == 0xf2 ? "sse4_2" : "movbe";
      case 0xf6 -> op.prefix() == Opcode.NO_PREFIX ? "user_shstk" : "adx";
      case 0xf8 -> "movdir64b";
      case 0xf9 -> "movdiri";
      default -> null;
    };
  }

  private static @Nullable String map3(Opcode op) {
    if (op.isIn(0x60, 0x63)) {
      return "sse4_2";
    }
    return switch (op.opcode()) {
      case 0x0f -> "ssse3";
      case 0x44 -> "pclmulqdq";
      case 0xcc -> "sha_ni";
      case 0xce, 0xcf -> "gfni";
      case 0xdf -> "aes";
      default -> op.isIn(0x08, 0x42) ? "sse4_1" : null;
    };
  }
}
