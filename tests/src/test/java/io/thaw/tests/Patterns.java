package io.thaw.tests;

import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Registers;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.model.X86ExtendedState;
import io.thaw.linker.model.X86Registers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Registers that hold a different pattern each, so that a mixed-up one shows. */
final class Patterns {

  static final long TLS_VADDR = SyntheticCheckpoint.STACK_VADDR + 0x1000;
  static final long GS_VADDR = SyntheticCheckpoint.STACK_VADDR + 0x2000;
  static final long SP = SyntheticCheckpoint.STACK_VADDR + 0x8120;

  /** CF PF AF SF DF OF. */
  static final long RFLAGS = 0x1 | 0x4 | 0x10 | 0x80 | 0x400 | 0x800;

  static final int MXCSR = 0x5fa5;

  /** Rounds up; all exceptions but DZ have been. */
  static final int FCSR = 0x77;

  private Patterns() {}

  static long word(int index) {
    return 0xa5c3_0000_0000_0000L + index * 0x0101_0101_0101L + 0x17;
  }

  static byte[] bytes(int size, int seed) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (seed * 31 + i * 7 + 1 + i / 256);
    }
    return bytes;
  }

  /** Registers of an architecture, on x86-64 without AVX. */
  static Registers of(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> x86(/* avx= */ false);
      case AARCH64 -> aarch64();
      case RISCV64 -> riscv64();
    };
  }

  static X86Registers x86(boolean avx) {
    List<Long> general = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      general.add(word(i));
    }
    general.add(SP);
    return new X86Registers(
        general,
        SyntheticCheckpoint.PROGRAM_VADDR,
        RFLAGS | 0x200,
        TLS_VADDR,
        GS_VADDR,
        ByteBlock.copyOf(fxsave()),
        avx
            ? new X86ExtendedState(
                true,
                ByteBlock.copyOf(bytes(X86ExtendedState.YMM_UPPER_SIZE_BYTES, 5)),
                X86ExtendedState.LINUX_INITIAL_PKRU,
                Set.of(X86ExtendedState.Component.AVX),
                Set.of(X86ExtendedState.Component.AVX))
            : X86ExtendedState.none());
  }

  /** x87 with a control word, a top of stack and eight registers; XMM0-15. */
  static byte[] fxsave() {
    byte[] area = new byte[X86Registers.FXSAVE_SIZE_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(area).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putShort(0, (short) 0x0f7f); // rounds towards zero, all masked
    buffer.putShort(2, (short) 0x2900); // TOP 5, C0
    buffer.put(4, (byte) 0xe7);
    buffer.putInt(24, MXCSR);
    buffer.putInt(28, 0xffff);
    for (int i = 0; i < 8; i++) {
      buffer.put(32 + 16 * i, bytes(8, 11 + i));
      buffer.putShort(32 + 16 * i + 8, (short) (0x3ff0 + i));
    }
    buffer.put(160, bytes(256, 3));
    return area;
  }

  static Aarch64Registers aarch64() {
    List<Long> x = new ArrayList<>();
    for (int i = 0; i < Aarch64Registers.GENERAL_COUNT; i++) {
      x.add(word(i));
    }
    return new Aarch64Registers(
        x,
        SP,
        SyntheticCheckpoint.PROGRAM_VADDR,
        0xb0000000L,
        word(40),
        ByteBlock.copyOf(bytes(Aarch64Registers.V_SIZE_BYTES, 9)),
        0x0800009f,
        0x07c00000,
        Optional.empty());
  }

  static Riscv64Registers riscv64() {
    List<Long> x = new ArrayList<>();
    for (int i = 1; i <= Riscv64Registers.GENERAL_NAMES.size(); i++) {
      x.add(i == 2 ? SP : word(i));
    }
    List<Long> f = new ArrayList<>();
    for (int i = 0; i < Riscv64Registers.FLOATING_COUNT; i++) {
      f.add(word(40 + i));
    }
    return new Riscv64Registers(x, SyntheticCheckpoint.PROGRAM_VADDR, f, FCSR);
  }
}
