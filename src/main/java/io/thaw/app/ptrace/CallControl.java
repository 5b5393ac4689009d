package io.thaw.app.ptrace;

import io.thaw.linker.model.Architecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Changes to a call that a process is about to make. It must be stopped at its beginning. */
public final class CallControl {

  private static final long NO_CALL = -1;
  private static final int X86_INSTRUCTION_BYTES = 2;
  private static final int ARM_INSTRUCTION_BYTES = 4;

  private CallControl() {}

  /** Makes it another call, or one with other arguments. */
  public static void change(Tracee tracee, long number, long[] arguments) throws IOException {
    UserRegisters registers = tracee.registers();
    for (int i = 0; i < arguments.length; i++) {
      registers.setArgument(i, arguments[i]);
    }
    setNumber(tracee, registers, number);
  }

  /** Makes it no call at all: the kernel answers ENOSYS. */
  public static void drop(Tracee tracee) throws IOException {
    setNumber(tracee, tracee.registers(), NO_CALL);
  }

  private static void setNumber(Tracee tracee, UserRegisters registers, long number)
      throws IOException {
    if (tracee.architecture() == Architecture.X86_64) {
      registers.setCallNumber(number);
      tracee.setRegisters(registers);
    } else {
      tracee.setRegisters(registers);
      ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      tracee.setRegisterSet(RegisterSets.ARM_CALL, word.putInt((int) number).array());
    }
  }

  /** Gives the argument registers back to the program as it had them; at the end of the call. */
  public static UserRegisters restore(Tracee tracee, UserRegisters before) throws IOException {
    UserRegisters registers = tracee.registers();
    int first = tracee.architecture() == Architecture.X86_64 ? 0 : 1; // X0 is the result
    for (int i = first; i < UserRegisters.ARGUMENT_COUNT; i++) {
      registers.setArgument(i, before.argument(i));
    }
    if (tracee.architecture() == Architecture.X86_64) {
      registers.setCallNumber(before.callNumber());
    }
    tracee.setRegisters(registers);
    return registers;
  }

  /**
   * Takes the process back in front of the call's instruction: it will make the call when it runs
   * on.
   */
  public static void rewind(Tracee tracee) throws IOException {
    rewind(tracee, tracee.registers().callNumber());
  }

  /** The same, but it will make the call of that number; with the arguments that are there. */
  public static void rewind(Tracee tracee, long number) throws IOException {
    UserRegisters before = tracee.registers();
    drop(tracee);
    tracee.resume(Resumption.TO_CALL, 0);
    Stop stop = tracee.await();
    if (!(stop instanceof Stop.AtCall)) {
      throw new IOException("process " + tracee.pid() + " did not leave a call: " + stop);
    }
    boolean x86 = tracee.architecture() == Architecture.X86_64;
    before.setPc(before.pc() - (x86 ? X86_INSTRUCTION_BYTES : ARM_INSTRUCTION_BYTES));
    before.setOwnCall(number);
    tracee.setRegisters(before);
  }
}
