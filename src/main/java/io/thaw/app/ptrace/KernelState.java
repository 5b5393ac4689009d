package io.thaw.app.ptrace;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.thaw.linker.model.ByteBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the kernel keeps of a stopped process and tells its tracer alone. */
public final class KernelState {

  private static final int SIGINFO_BYTES = 128;

  /** {@code struct ptrace_peeksiginfo_args}: offset, flags, count. */
  private static final int PEEK_BYTES = 16;

  private static final int PEEK_SHARED = 1;

  /** {@code struct ptrace_rseq_configuration}: address, size, signature, flags, padding. */
  private static final int SEQUENCES_BYTES = 24;

  private static final int EIO = 5;

  private KernelState() {}

  /**
   * The registration of rseq(2).
   *
   * @param vaddr the structure, 0 if there is none
   * @param sizeBytes its size
   * @param signature what stands before each abort handler
   */
  public record Sequences(long vaddr, int sizeBytes, int signature) {}

  /**
   * Signals that are pending, each a {@code siginfo_t}.
   *
   * @param shared those of the process, else those of its thread
   */
  public static List<ByteBlock> pendingSignals(Tracee tracee, boolean shared)
      throws TraceException {
    List<ByteBlock> signals = new ArrayList<>();
    try (Memory arguments = new Memory(PEEK_BYTES);
        Memory information = new Memory(SIGINFO_BYTES)) {
      while (true) {
        arguments.setLong(0, signals.size());
        arguments.setInt(8, shared ? PEEK_SHARED : 0);
        arguments.setInt(12, 1);
        if (request(PtraceRequest.PEEKSIGINFO, tracee, arguments, information) == 0) {
          return signals;
        }
        signals.add(ByteBlock.copyOf(information.getByteArray(0, SIGINFO_BYTES)));
      }
    }
  }

  /** What the program registered with rseq(2); empty if it did not, or the kernel does not tell. */
  public static Optional<Sequences> sequences(Tracee tracee) throws TraceException {
    try (Memory answer = new Memory(SEQUENCES_BYTES)) {
      LibC.ptrace(
          PtraceRequest.GET_RSEQ_CONFIGURATION,
          tracee.pid(),
          SEQUENCES_BYTES,
          Pointer.nativeValue(answer));
      return answer.getLong(0) == 0
          ? Optional.empty()
          : Optional.of(new Sequences(answer.getLong(0), answer.getInt(8), answer.getInt(12)));
    } catch (LastErrorException e) {
      if (e.getErrorCode() == EIO) {
        return Optional.empty(); // no such request: a kernel before 5.13, or one without rseq
      }
      throw new TraceException("asking for rseq of " + tracee.pid(), e.getErrorCode());
    }
  }

  private static long request(int request, Tracee tracee, Memory address, Memory data)
      throws TraceException {
    try {
      return LibC.ptrace(
          request, tracee.pid(), Pointer.nativeValue(address), Pointer.nativeValue(data));
    } catch (LastErrorException e) {
      throw new TraceException(
          "ptrace request " + request + " on " + tracee.pid(), e.getErrorCode());
    }
  }
}
