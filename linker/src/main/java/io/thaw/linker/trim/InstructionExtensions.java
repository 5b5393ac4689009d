package io.thaw.linker.trim;

import io.thaw.linker.model.Architecture;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Groups of extensions of the instruction set that instructions belong to, told by their encodings:
 * Intel SDM vol. 2, 2.1 to 2.7 and appendix A; Arm ARM C4.1. Coarse where encodings are shared: a
 * simulator without the group cannot run them.
 */
public final class InstructionExtensions {

  private InstructionExtensions() {}

  /** Names, sorted, of what is beyond the base of the architecture. */
  public static List<String> of(Architecture architecture, Collection<byte[]> instructions) {
    Set<String> names = new TreeSet<>();
    for (byte[] code : instructions) {
      String name =
          switch (architecture) {
            case X86_64 -> x86(code);
            case AARCH64 -> aarch64(code);
            case RISCV64 -> throw new IllegalArgumentException("images of riscv64 are not trimmed");
          };
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  private static String x86(byte[] code) {
    int at = 0;
    while (at < code.length - 1 && isPrefix(code[at] & 0xff)) {
      at++;
    }
    int opcode = code[at] & 0xff;
    if (opcode == 0x62) {
      return "AVX-512 (EVEX)";
    }
    if (opcode == 0xc4 || opcode == 0xc5) {
      return "AVX, AVX2, FMA, BMI (VEX)";
    }
    if (opcode >= 0xd8 && opcode <= 0xdf) {
      return "x87";
    }
    return opcode == 0x0f && at + 1 < code.length ? twoByte(code[at + 1] & 0xff) : "";
  }

  /** Segments, sizes, LOCK and REP, REX. */
  private static boolean isPrefix(int value) {
    return value == 0x26
        || value == 0x2e
        || value == 0x36
        || value == 0x3e
        || (value >= 0x40 && value <= 0x4f)
        || (value >= 0x64 && value <= 0x67)
        || value == 0xf0
        || value == 0xf2
        || value == 0xf3;
  }

  private static String twoByte(int opcode) {
    if (opcode == 0x38 || opcode == 0x3a) {
      return "SSSE3 to SSE4.2, AES, SHA, MOVBE (0F 38, 0F 3A)";
    }
    if (opcode == 0xb8 || opcode == 0xbc || opcode == 0xbd) {
      return "POPCNT, BSF, BSR, TZCNT, LZCNT";
    }
    boolean sse =
        (opcode >= 0x10 && opcode <= 0x17)
            || (opcode >= 0x28 && opcode <= 0x2f)
            || (opcode >= 0x50 && opcode <= 0x7f)
            || (opcode >= 0xd0 && opcode <= 0xfe)
            || opcode == 0xc2
            || (opcode >= 0xc4 && opcode <= 0xc6);
    return sse ? "SSE to SSE3" : "";
  }

  private static String aarch64(byte[] code) {
    if (code.length != 4) {
      return "";
    }
    int word =
        (code[0] & 0xff) | (code[1] & 0xff) << 8 | (code[2] & 0xff) << 16 | (code[3] & 0xff) << 24;
    if ((word & 0x1e000000) == 0x04000000) {
      return "SVE";
    }
    if ((word & 0xff3e0c00) == 0x4e280800 || (word & 0xff200c00) == 0x5e000000) {
      return "AES, SHA";
    }
    if ((word & 0x7fe0f000) == 0x1ac04000) {
      return "CRC32";
    }
    if ((word & 0x3f200c00) == 0x38200000 || (word & 0x3fa07c00) == 0x08a07c00) {
      return "LSE atomics";
    }
    if ((word & 0xfffffd1f) == 0xd503211f || (word & 0xfefff800) == 0xd61f0800) {
      return "pointer authentication";
    }
    return (word & 0x0e000000) == 0x0e000000 ? "floating point, Advanced SIMD" : "";
  }
}
