package io.thaw.app.dump;

import io.thaw.app.dump.StoppedProcess.SpecialRegisters;
import io.thaw.app.ptrace.RegisterSets;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Registers;
import io.thaw.linker.model.X86ExtendedState.Component;
import io.thaw.linker.model.X86Registers;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The registers of a process, ready to go on. */
final class RegisterCapture {

  private static final int RAX = X86Registers.GENERAL_NAMES.indexOf("rax");
  private static final int RIP = X86Registers.GENERAL_NAMES.size();
  private static final int RFLAGS = RIP + 1;
  private static final int CALL_INSTRUCTION_BYTES = 2;

  /** ERESTARTSYS, ERESTARTNOINTR, ERESTARTNOHAND of the kernel: the same call once more. */
  private static final Set<Long> SAME_CALL = Set.of(-512L, -513L, -514L);

  /** ERESTART_RESTARTBLOCK: restart_syscall goes on with the call. */
  private static final long OTHER_CALL = -516;

  private static final long RESTART_SYSCALL = 219;

  /**
   * What was found.
   *
   * @param registers the registers
   * @param vectorState contents of components that these do not have
   */
  record Result(Registers registers, Map<Component, ByteBlock> vectorState) {}

  private RegisterCapture() {}

  static Result capture(StoppedProcess process, ProcFiles files)
      throws InvalidInputException, IOException {
    if (process.architecture() == Architecture.AARCH64) {
      return new Result(Aarch64Capture.capture(process, files), Map.of());
    }
    long[] words = process.generalRegisters();
    SpecialRegisters special = process.specialRegisters();
    rewindInterruptedCall(words, special.callNumber());
    List<Long> general = new ArrayList<>();
    for (int i = 0; i < RIP; i++) {
      general.add(words[i]);
    }
    XsaveArea area = XsaveArea.read(process, files);
    X86Registers registers =
        new X86Registers(
            general,
            words[RIP],
            words[RFLAGS],
            special.fsBase(),
            special.gsBase(),
            area.fxsave(),
            area.state());
    return new Result(registers, area.vectorState());
  }

  /**
   * A call that was interrupted for the dump is made again, as the kernel would have it made. On
   * AArch64 the kernel has changed the registers by the time a tracer sees them.
   */
  private static void rewindInterruptedCall(long[] words, long callNumber) {
    if (callNumber < 0) {
      return;
    }
    if (SAME_CALL.contains(words[RAX])) {
      words[RAX] = callNumber;
      words[RIP] -= CALL_INSTRUCTION_BYTES;
    } else if (words[RAX] == OTHER_CALL) {
      words[RAX] = RESTART_SYSCALL;
      words[RIP] -= CALL_INSTRUCTION_BYTES;
    }
  }

  /** The FXSAVE area of a processor without XSAVE. */
  static byte[] fxsave(StoppedProcess process, ProcFiles files)
      throws InvalidInputException, IOException {
    byte[] area = process.registerSet(RegisterSets.FLOATING_POINT).orElse(new byte[0]);
    if (area.length < X86Registers.FXSAVE_SIZE_BYTES) {
      throw files.refused(
          "registers",
          "an FXSAVE area of " + area.length + " bytes",
          X86Registers.FXSAVE_SIZE_BYTES + " bytes");
    }
    return area;
  }
}
