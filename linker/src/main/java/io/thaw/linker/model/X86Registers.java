package io.thaw.linker.model;

import java.util.List;
import java.util.Objects;

/**
 * Registers of an x86-64 thread.
 *
 * @param general the sixteen general registers in the order of {@link #GENERAL_NAMES}
 * @param rip address of the next instruction
 * @param rflags RFLAGS as the program had it
 * @param fsBase base of FS, the thread pointer
 * @param gsBase base of GS
 * @param fxsave the 512 bytes of an FXSAVE area (Intel SDM vol. 1, 10.5.1): x87, XMM0-15, MXCSR
 * @param extended what the processor keeps beyond FXSAVE
 */
public record X86Registers(
    List<Long> general,
    long rip,
    long rflags,
    long fsBase,
    long gsBase,
    ByteBlock fxsave,
    X86ExtendedState extended)
    implements Registers {

  /** Names of the general registers, in the order in which the record and the stub have them. */
  public static final List<String> GENERAL_NAMES =
      List.of(
          "r15", "r14", "r13", "r12", "rbp", "rbx", "r11", "r10", "r9", "r8", "rax", "rcx", "rdx",
          "rsi", "rdi", "rsp");

  /** Size in bytes of an FXSAVE area. */
  public static final int FXSAVE_SIZE_BYTES = 512;

  public X86Registers {
    general = List.copyOf(general);
    Objects.requireNonNull(extended);
    if (general.size() != GENERAL_NAMES.size()) {
      throw new IllegalArgumentException("general registers: " + general.size());
    }
    if (fxsave.sizeBytes() != FXSAVE_SIZE_BYTES) {
      throw new IllegalArgumentException("FXSAVE area: " + fxsave.sizeBytes());
    }
  }

  @Override
  public long pc() {
    return rip;
  }

  @Override
  public long sp() {
    return general(GENERAL_NAMES.size() - 1);
  }

  /** The general register at {@code index} of {@link #GENERAL_NAMES}. */
  public long general(int index) {
    return general.get(index);
  }
}
