package io.thaw.linker.isa;

import io.thaw.linker.isa.X86Extensions.Opcode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Extensions of instructions with a VEX prefix (Intel SDM vol. 2, A.3). */
final class X86VexTable {

  /** Moves and such among the integer opcodes, which AVX has at 256 bits already. */
  private static final Set<Integer> AVX_AT_256 =
      Set.of(0x6e, 0x6f, 0x77, 0x7c, 0x7d, 0x7e, 0x7f, 0xd0, 0xd6, 0xe6, 0xe7, 0xf0);

  private X86VexTable() {}

  static @Nullable String of(Opcode op) {
    return switch (op.map()) {
      case 1 -> map1(op);
      case 2 -> map2(op);
      case 3 -> map3(op);
      default -> null;
    };
  }

  private static String map1(Opcode op) {
    if (op.isIn(0x41, 0x4b) || op.isIn(0x90, 0x99)) {
      return "avx512f";
    }
    boolean integer = op.isIn(0x60, 0x7f) || op.isIn(0xd0, 0xfe);
    return integer && op.is256() && !AVX_AT_256.contains(op.opcode()) ? "avx2" : "avx";
  }

  private static @Nullable String map2(Opcode op) {
    int low = op.opcode() & 0xf;
    if (op.isIn(0x90, 0xbf) && low >= 6) {
      return "fma";
    }
    if (op.isIn(0xdb, 0xdf)) {
      return op.is256() ? "vaes" : "aes";
    }
    return switch (op.opcode()) {
      case 0x13 -> "f16c";
      case 0x0c, 0x0d, 0x0e, 0x0f, 0x17, 0x1a, 0x2c, 0x2d, 0x2e, 0x2f -> "avx";
      // From a register, broadcasts came later.
      case 0x18, 0x19 -> op.isRegister() ? "avx2" : "avx";
      case 0x16, 0x36, 0x45, 0x46, 0x47, 0x58, 0x59, 0x5a, 0x78, 0x79, 0x8c, 0x8e -> "avx2";
      case 0x50, 0x51, 0x52, 0x53 -> "avx_vnni";
      case 0x90, 0x91, 0x92, 0x93 -> "avx2";
      case 0xcf -> "gfni";
      case 0xf2, 0xf3 -> "bmi1";
      case 0xf5, 0xf6 -> "bmi2";
      case 0xf7 -> op.prefix() == Opcode.NO_PREFIX ? "bmi1" : "bmi2";
      default -> op.isIn(0x00, 0x41) ? op.is256() ? "avx2" : "avx" : null;
    };
  }

  private static @Nullable String map3(Opcode op) {
    return switch (op.opcode()) {
      case 0x00, 0x01, 0x02, 0x38, 0x39, 0x46 -> "avx2";
      case 0x0e, 0x0f, 0x42, 0x4c -> op.is256() ? "avx2" : "avx";
      case 0x1d -> "f16c";
      case 0x30, 0x31, 0x32, 0x33 -> "avx512f";
      case 0x44 -> op.is256() ? "vpclmulqdq" : "pclmulqdq";
      case 0xce, 0xcf -> "gfni";
      case 0xdf -> "aes";
      case 0xf0 -> "bmi2";
      default -> op.isIn(0x04, 0x63) ? "avx" : null;
    };
  }
}
