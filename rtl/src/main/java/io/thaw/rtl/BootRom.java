package io.thaw.rtl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The boot ROM of the simulated system, at 0x10000: leads to the bottom of RAM, as boot ROMs do.
 * The generator puts a device tree behind it, and starts the core at offset 0x40.
 */
final class BootRom {

  private static final int SIZE_BYTES = 0x80;
  private static final int RESET_OFFSET = 0x40;

  /** RISC-V unprivileged architecture, RV64I. */
  private static final int[] INSTRUCTIONS = {
    0xf1402573, // csrr a0, mhartid
    0x00000597, // auipc a1, 0
    0x07c58593, // addi a1, a1, 0x7c: the device tree, at 0x10080
    0x00100293, // li t0, 1
    0x01f29293, // slli t0, t0, 31
    0x00028067, // jr t0: 0x80000000
  };

  private static final int JUMP_TO_START = 0xfc1ff06f; // j .-0x40

  private BootRom() {}

  static byte[] bytes() {
    ByteBuffer rom = ByteBuffer.allocate(SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    rom.asIntBuffer().put(INSTRUCTIONS);
    rom.putInt(RESET_OFFSET, JUMP_TO_START);
    return rom.array();
  }
}
