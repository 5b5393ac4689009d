package io.thaw.app.ptrace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * System calls executed inside a stopped process, through a call instruction that is there already:
 * no byte of the program is changed, so that its pages stay shared.
 */
public final class RemoteCalls {

  private static final int CHUNK_BYTES = 4096;

  private final Tracee tracee;
  private final long instructionVaddr;

  /** Signals that came meanwhile and wait for their delivery. */
  private final Deque<HeldSignal> held = new ArrayDeque<>();

  private RemoteCalls(Tracee tracee, long instructionVaddr) {
    this.tracee = tracee;
    this.instructionVaddr = instructionVaddr;
  }

  /**
   * Finds a call instruction in {@code startVaddr} up to but without {@code endVaddr}, usually the
   * vDSO.
   *
   * @throws IOException if there is none
   */
  public static RemoteCalls in(Tracee tracee, long startVaddr, long endVaddr) throws IOException {
    byte[] instruction =
        switch (tracee.architecture()) {
          case X86_64 -> new byte[] {0x0f, 0x05};
          case AARCH64 -> new byte[] {0x01, 0, 0, (byte) 0xd4};
          case RISCV64 -> throw new UnsupportedOperationException("recording on riscv64");
        };
    byte[] code = new byte[CHUNK_BYTES];
    for (long vaddr = startVaddr; vaddr < endVaddr; vaddr += CHUNK_BYTES) {
      int count = tracee.read(vaddr, ByteBuffer.wrap(code));
      for (int at = 0; at + instruction.length <= count; at++) {
        if (Arrays.equals(code, at, at + instruction.length, instruction, 0, instruction.length)) {
          return new RemoteCalls(tracee, vaddr + at);
        }
      }
    }
    throw new IOException(
        "process " + tracee.pid() + " has no system call instruction in its vDSO");
  }

  /**
   * The same for a thread of the process, or a child that was made just now: its memory is equal.
   */
  public RemoteCalls inOther(Tracee other) {
    return new RemoteCalls(other, instructionVaddr);
  }

  /**
   * Executes a call. The process must be stopped, but not at the beginning of a call of its own.
   *
   * @return its result; negative error numbers as the kernel has them
   */
  public long call(long number, long... arguments) throws IOException {
    UserRegisters saved = tracee.registers();
    UserRegisters registers = saved.copy();
    registers.setPc(instructionVaddr);
    for (int i = 0; i < arguments.length; i++) {
      registers.setArgument(i, arguments[i]);
    }
    registers.setOwnCall(number);
    tracee.setRegisters(registers);
    tracee.resume(Resumption.STEP, 0);
    for (Stop stop = tracee.await(); ; stop = tracee.await()) {
      if (stop instanceof Stop.AtSignal signal) {
        if (signal.signal() == Signals.SIGTRAP) {
          break;
        }
        held.add(new HeldSignal(signal.signal(), tracee.signalInformation()));
      } else if (stop.isOver()) {
        throw new IOException("process " + tracee.pid() + " ended while it was recorded");
      }
      tracee.resume(Resumption.STEP, 0);
    }
    long result = tracee.registers().result();
    tracee.setRegisters(saved);
    return result;
  }

  /** Signals that came while calls were executed; they are the caller's now. */
  public List<HeldSignal> takeHeldSignals() {
    List<HeldSignal> signals = List.copyOf(held);
    held.clear();
    return signals;
  }
}
