package io.thaw.linker.platform;

import io.thaw.linker.model.ByteBlock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Calls of Arm's Power State Coordination Interface (DEN0022) by SMC or HVC, whichever leads to the
 * firmware.
 */
final class PsciOperation {

  private static final int SMC = 0xd4000003;
  private static final int HVC = 0xd4000002;

  private PsciOperation() {}

  /** SYSTEM_OFF, 0x84000008. */
  static ByteBlock systemOff(boolean bySmc) {
    ByteBuffer code = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    code.putInt(0x52800100); // mov w0, #8
    code.putInt(0x72b08000); // movk w0, #0x8400, lsl #16
    code.putInt(bySmc ? SMC : HVC);
    code.putInt(0xd65f03c0); // ret
    return ByteBlock.copyOf(code.array());
  }
}
