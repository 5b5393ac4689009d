package io.thaw.app.record;

import io.thaw.app.ptrace.RemoteCalls;
import io.thaw.app.ptrace.Resumption;
import io.thaw.app.ptrace.Signals;
import io.thaw.app.ptrace.Stop;
import io.thaw.app.ptrace.Tracee;
import io.thaw.linker.model.Architecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads of the cycle counter made to trap (prctl PR_SET_TSC): the kernel answers them with SIGSEGV,
 * and the recorder lets the processor execute the instruction while it looks.
 */
final class CounterTrap {

  private static final long PR_SET_TSC = 26;
  private static final long TSC_ENABLE = 1;
  private static final long TSC_SIGSEGV = 2;

  private final Tracee tracee;
  private final RemoteCalls calls;
  private final long prctl;
  private boolean isSet;

  CounterTrap(Tracee tracee, RemoteCalls calls) {
    this.tracee = tracee;
    this.calls = calls;
    this.prctl = CallNumbers.of(tracee.architecture()).prctl();
  }

  /**
   * Makes reads trap.
   *
   * @return whether this kernel can
   */
  boolean set() throws IOException {
    isSet = calls.call(prctl, PR_SET_TSC, TSC_SIGSEGV, 0, 0, 0) == 0;
    return isSet;
  }

  /** Lets a child of the process read the counter. */
  static void release(Tracee child, RemoteCalls calls) throws IOException {
    long prctl = CallNumbers.of(child.architecture()).prctl();
    calls.call(prctl, PR_SET_TSC, TSC_ENABLE, 0, 0, 0);
  }

  /** Makes them harmless again. */
  void clear() throws IOException {
    if (isSet) {
      calls.call(prctl, PR_SET_TSC, TSC_ENABLE, 0, 0, 0);
      isSet = false;
    }
  }

  /** Whether the process stopped with SIGSEGV at such an instruction. */
  boolean isAtRead(long pc) throws IOException {
    if (!isSet) {
      return false;
    }
    byte[] code = new byte[4];
    int count = tracee.read(pc, ByteBuffer.wrap(code));
    if (tracee.architecture() == Architecture.X86_64) {
      boolean rdtsc = count >= 2 && code[0] == 0x0f && code[1] == 0x31;
      boolean rdtscp = count >= 3 && code[0] == 0x0f && code[1] == 0x01 && code[2] == (byte) 0xf9;
      return rdtsc || rdtscp;
    }
    // MRS Xt, CNTVCT_EL0 or CNTVCTSS_EL0 (Arm ARM C6.2): the low five bits are the register.
    int instruction = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN).getInt() & ~31;
    return count == 4 && (instruction == 0xd53be040 || instruction == 0xd53be0c0);
  }

  /** Lets the process execute the instruction that it stopped at. */
  void stepOver() throws IOException {
    calls.call(prctl, PR_SET_TSC, TSC_ENABLE, 0, 0, 0);
    tracee.resume(Resumption.STEP, 0);
    Stop stop = tracee.await();
    if (!(stop instanceof Stop.AtSignal signal) || signal.signal() != Signals.SIGTRAP) {
      throw new IOException("reading the counter inside the process failed: " + stop);
    }
    calls.call(prctl, PR_SET_TSC, TSC_SIGSEGV, 0, 0, 0);
  }
}
