package io.thaw.app.dump;

import io.thaw.app.ptrace.KernelState;
import io.thaw.app.ptrace.RemoteCalls;
import io.thaw.app.ptrace.TraceException;
import io.thaw.app.ptrace.Tracee;
import io.thaw.app.ptrace.UserRegisters;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.linux.ThreadDetails.RestartableSequences;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A process under ptrace.
 *
 * @param tracee the process
 * @param calls how calls are executed in it
 */
public record TracedProcess(Tracee tracee, RemoteCalls calls) implements StoppedProcess {

  /** More than any register set that is asked for: AVX-512 and AMX take 11 KiB. */
  private static final int MAX_SET_BYTES = 64 << 10;

  /** The kernel or the processor does not have a register set. */
  private static final int EINVAL = 22;

  private static final int ENODEV = 19;

  @Override
  public int pid() {
    return tracee.pid();
  }

  @Override
  public Architecture architecture() {
    return tracee.architecture();
  }

  @Override
  public long[] generalRegisters() throws IOException {
    return tracee.registers().rowWords();
  }

  @Override
  public SpecialRegisters specialRegisters() throws IOException {
    UserRegisters registers = tracee.registers();
    long callNumber = architecture() == Architecture.X86_64 ? registers.callNumber() : 0;
    return new SpecialRegisters(registers.fsBase(), registers.gsBase(), callNumber);
  }

  @Override
  public Optional<byte[]> registerSet(int type) throws IOException {
    try {
      return Optional.of(tracee.registerSet(type, MAX_SET_BYTES));
    } catch (TraceException e) {
      if (e.errorNumber() == EINVAL || e.errorNumber() == ENODEV) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public long blockedSignals() throws IOException {
    return tracee.blockedSignals();
  }

  @Override
  public List<ByteBlock> pendingSignals(boolean shared) throws IOException {
    return KernelState.pendingSignals(tracee, shared);
  }

  @Override
  public Optional<RestartableSequences> restartableSequences() throws IOException {
    return KernelState.sequences(tracee)
        .map(s -> new RestartableSequences(s.vaddr(), s.sizeBytes(), s.signature()));
  }

  @Override
  public long call(long number, long... arguments) throws IOException {
    return calls.call(number, arguments);
  }

  @Override
  public int read(long vaddr, ByteBuffer to) throws IOException {
    return tracee.read(vaddr, to);
  }
}
