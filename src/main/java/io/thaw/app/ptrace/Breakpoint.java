package io.thaw.app.ptrace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first hardware breakpoint of a process: it stops with SIGTRAP before the instruction there,
 * whose bytes stay as they are.
 */
public final class Breakpoint {

  /** {@code offsetof(struct user, u_debugreg)} of x86-64. */
  private static final long X86_DEBUG_REGISTERS = 848;

  private static final long X86_CONTROL = X86_DEBUG_REGISTERS + 7 * 8;

  /** Local enable of breakpoint 0; type 0 and length 0 mean an instruction. */
  private static final long X86_ENABLE = 1;

  /** {@code struct user_hwdebug_state}: a word of its own, then address and control. */
  private static final int ARM_STATE_BYTES = 8 + 16;

  /** Length of four bytes, execution, EL0, enabled. */
  private static final int ARM_CONTROL = 0xf << 5 | 2 << 1 | 1;

  private Breakpoint() {}

  /**
   * @throws TraceException if the processor has none, or all are taken
   */
  public static void set(Tracee tracee, long vaddr) throws TraceException {
    switch (tracee.architecture()) {
      case X86_64 -> {
        tracee.pokeUser(X86_DEBUG_REGISTERS, vaddr);
        tracee.pokeUser(X86_CONTROL, X86_ENABLE);
      }
      case AARCH64 -> setArm(tracee, vaddr, ARM_CONTROL);
      case RISCV64 -> throw new UnsupportedOperationException("recording on riscv64");
    }
  }

  public static void clear(Tracee tracee) throws TraceException {
    switch (tracee.architecture()) {
      case X86_64 -> {
        tracee.pokeUser(X86_CONTROL, 0);
        tracee.pokeUser(X86_DEBUG_REGISTERS, 0);
      }
      case AARCH64 -> setArm(tracee, 0, 0);
      case RISCV64 -> throw new UnsupportedOperationException("recording on riscv64");
    }
  }

  private static void setArm(Tracee tracee, long vaddr, int control) throws TraceException {
    ByteBuffer state = ByteBuffer.allocate(ARM_STATE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    state.putLong(8, vaddr).putInt(16, control);
    tracee.setRegisterSet(RegisterSets.ARM_BREAKPOINTS, state.array());
  }
}
