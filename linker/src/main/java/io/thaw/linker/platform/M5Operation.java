package io.thaw.linker.platform;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Operations that gem5 understands as instructions ({@code include/gem5/asm/generic/m5ops.h}
 * there). Their arguments are zeroed: what is left in a register would be a delay.
 */
enum M5Operation {
  EXIT(0x21),
  /** Ends with the verdict as gem5's exit code. */
  FAIL(0x22),
  RESET_STATS(0x40),
  DUMP_STATS(0x41),
  DUMP_RESET_STATS(0x42),
  SWITCH_CPU(0x52),
  WORK_BEGIN(0x5a),
  WORK_END(0x5b);

  private final int number;

  M5Operation(int number) {
    this.number = number;
  }

  /** The name in a platform's file. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<M5Operation> byLabel(String label) {
    return Arrays.stream(values()).filter(operation -> operation.label().equals(label)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(M5Operation::label).toList();
  }

  /** A function that does it, for {@link Hook.Code}. */
  ByteBlock code(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> x86();
      case AARCH64 -> aarch64();
      case RISCV64 -> riscv64();
    };
  }

  private ByteBlock x86() {
    ByteBuffer code = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN);
    code.put(new byte[] {(byte) 0x89, (byte) 0xfe}); // mov esi, edi
    code.put(new byte[] {0x31, (byte) 0xff}); // xor edi, edi
    code.put(new byte[] {0x0f, 0x04}).putShort((short) number);
    code.put((byte) 0xc3); // ret
    return ByteBlock.copyOf(Arrays.copyOf(code.array(), code.position()));
  }

  private ByteBlock aarch64() {
    return words(
        0xaa0003e1, // mov x1, x0
        0xd2800000, // mov x0, #0
        0xff000110 | number << 16,
        0xd65f03c0); // ret
  }

  private ByteBlock riscv64() {
    return words(
        0x00050593, // mv a1, a0
        0x00000513, // li a0, 0
        0x7b | number << 25,
        0x00008067); // ret
  }

  private static ByteBlock words(int... words) {
    ByteBuffer code = ByteBuffer.allocate(words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      code.putInt(word);
    }
    return ByteBlock.copyOf(code.array());
  }
}
