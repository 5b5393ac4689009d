package io.thaw.tests;

import io.thaw.linker.model.Architecture;
import java.util.HexFormat;

/** Whether an instruction ends a basic block, told by other means than those of the plugin. */
final class BlockEnds {

  private BlockEnds() {}

  static boolean isOne(Architecture architecture, byte[] code) {
    return switch (architecture) {
      case X86_64 -> x86(code);
      case AARCH64 -> aarch64(code);
      case RISCV64 -> riscv(code);
    };
  }

  /** Behind prefixes: Jcc, LOOP, CALL, JMP, RET, INT, SYSCALL, by their opcodes. */
  private static boolean x86(byte[] code) {
    String hex = HexFormat.of().formatHex(code);
    String opcode = hex.replaceFirst("^(26|2e|36|3e|64|65|66|67|f0|f2|f3)*(4.)?", "");
    return opcode.matches("(7.|e[0-389b]|c[23ab]|cf|cc|cd|0f8.|0f05|0f34).*")
        || (opcode.startsWith("ff") && isJump(opcode));
  }

  /** FF /2 to /5: bits 5 to 3 of the byte behind it. */
  private static boolean isJump(String opcode) {
    int operation = Integer.parseInt(opcode.substring(2, 4), 16) >> 3 & 7;
    return operation >= 2 && operation <= 5;
  }

  /** B, BL, CBZ, TBZ, B.cond, BR, BLR, RET, SVC and the like. */
  private static boolean aarch64(byte[] code) {
    int top = code[3] & 0xff;
    return (top & 0x7c) == 0x14 // B, BL
        || (top & 0x7c) == 0x34 // CBZ, CBNZ, TBZ, TBNZ
        || top == 0x54 // B.cond
        || (top & 0xfe) == 0xd6 // by register
        || top == 0xd4; // exceptions
  }

  private static boolean riscv(byte[] code) {
    int low = code[0] & 0xff;
    int high = code[1] & 0xff;
    if (code.length == 2) {
      int kind = high >> 5;
      boolean byRegister = kind == 4 && (low & 0x7c) == 0 && ((low & 0x80) | (high & 0x0f)) != 0;
      return (low & 3) == 1 ? kind >= 5 : (low & 3) == 2 && byRegister;
    }
    int opcode = low & 0x7f;
    boolean isCall = low == 0x73 && high == 0 && code[2] == 0 && code[3] == 0;
    return opcode == 0x63 || opcode == 0x67 || opcode == 0x6f || isCall;
  }
}
