package io.thaw.app.ptrace;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.thaw.linker.model.Architecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * A thread under ptrace, in most cases the first of its process. Everything has to come from the
 * thread that made it: requests of others are refused by the kernel.
 */
public final class Tracee implements AutoCloseable {

  private static final int WAIT_UNTRACED = 2;
  private static final int WAIT_ALL = 0x40000000;
  private static final int SIGINFO_BYTES = 128;
  private static final int NO_SUCH_PROCESS = 3;

  /**
   * More than a {@code struct ptrace_syscall_info}; PTRACE_SYSCALL_INFO_ENTRY of its first byte.
   */
  private static final int CALL_INFORMATION_BYTES = 128;

  private static final byte CALL_ENTRY = 1;
  private static final long OPTIONS =
      PtraceRequest.OPTION_SYSGOOD
          | PtraceRequest.OPTION_FORK
          | PtraceRequest.OPTION_VFORK
          | PtraceRequest.OPTION_CLONE
          | PtraceRequest.OPTION_EXEC;

  private final int pid;
  private final RegisterLayout layout;
  private final long options;
  private final Memory status = new Memory(Integer.BYTES);
  private final Memory vector = new Memory(2L * Long.BYTES);
  private final Memory general;
  private FileChannel memory;

  private Tracee(int pid, RegisterLayout layout, long options) throws IOException {
    this.pid = pid;
    this.layout = layout;
    this.options = options;
    this.general = new Memory((long) layout.wordCount * Long.BYTES);
    this.memory = openMemory(pid);
  }

  /**
   * Starts a program; it stops before its first instruction, and is killed if the tracer goes.
   *
   * @return the process, or the way in which it ended before it became that program
   * @throws IOException if no process can be made or traced
   */
  public static Tracee launch(
      List<String> command, Map<String, String> environment, Architecture architecture)
      throws IOException {
    int pid = SpawnedShell.start(command, environment);
    RegisterLayout layout = RegisterLayout.of(architecture);
    try (Memory status = new Memory(Integer.BYTES)) {
      wait(pid, status, WAIT_UNTRACED);
    }
    Tracee tracee = new Tracee(pid, layout, OPTIONS | PtraceRequest.OPTION_EXITKILL);
    tracee.seize();
    tracee.kill(Signals.SIGCONT);
    for (Stop stop = tracee.await(); ; stop = tracee.await()) {
      if (stop instanceof Stop.AtExec) {
        tracee.reopenMemory();
        tracee.leaveExec();
        return tracee;
      }
      if (stop.isOver()) {
        tracee.close();
        throw new ProgramNotStartedException(command.get(0), stop);
      }
      tracee.resume(
          Resumption.CONTINUE, stop instanceof Stop.AtSignal signal ? signal.signal() : 0);
    }
  }

  /** To the end of execve: what is done to registers inside it would be lost. */
  private void leaveExec() throws IOException {
    resume(Resumption.TO_CALL, 0);
    Stop stop = await();
    if (!(stop instanceof Stop.AtCall)) {
      throw new TraceException("process " + pid + " did not leave execve: " + stop, 0);
    }
  }

  /**
   * Attaches to a running process or thread and stops it. It runs on if the tracer goes.
   *
   * @throws TraceException if it is gone, not ours, or traced already
   */
  public static Tracee attach(int pid, Architecture architecture) throws IOException {
    request(PtraceRequest.SEIZE, pid, 0, OPTIONS);
    Tracee tracee = new Tracee(pid, RegisterLayout.of(architecture), OPTIONS);
    request(PtraceRequest.INTERRUPT, pid, 0, 0);
    return tracee;
  }

  /**
   * A child or thread that the process made, which is traced from its beginning because of that.
   */
  public Tracee child(int childPid) throws IOException {
    return new Tracee(childPid, layout, options);
  }

  /** From now on it also stops when it is about to end: {@link Stop.AtExit}. */
  public void stopAtExit() throws TraceException {
    request(PtraceRequest.SETOPTIONS, pid, 0, options | PtraceRequest.OPTION_EXIT);
  }

  public int pid() {
    return pid;
  }

  public Architecture architecture() {
    return layout.architecture;
  }

  /** Waits until it stops or ends. */
  public Stop await() throws TraceException {
    return Stop.of(wait(pid, status, WAIT_ALL));
  }

  /** Lets it run on, and delivers {@code signal} unless that is 0. */
  public void resume(Resumption how, int signal) throws TraceException {
    request(how.request, pid, 0, signal);
  }

  /** Makes a process stop that runs. */
  public void interrupt() throws TraceException {
    request(PtraceRequest.INTERRUPT, pid, 0, 0);
  }

  public UserRegisters registers() throws TraceException {
    getRegset(RegisterSets.GENERAL, general);
    return new UserRegisters(layout, general.getLongArray(0, layout.wordCount));
  }

  public void setRegisters(UserRegisters registers) throws TraceException {
    general.write(0, registers.words, 0, layout.wordCount);
    setRegset(RegisterSets.GENERAL, general, general.size());
  }

  /** Another register set, a number of {@link RegisterSets}, at most {@code maxBytes} of it. */
  public byte[] registerSet(int type, int maxBytes) throws TraceException {
    try (Memory buffer = new Memory(maxBytes)) {
      return buffer.getByteArray(0, (int) getRegset(type, buffer));
    }
  }

  public void setRegisterSet(int type, byte[] bytes) throws TraceException {
    try (Memory buffer = new Memory(bytes.length)) {
      buffer.write(0, bytes, 0, bytes.length);
      setRegset(type, buffer, bytes.length);
    }
  }

  /** Writes a word of {@code struct user}; debug registers of x86-64. */
  void pokeUser(long offset, long value) throws TraceException {
    request(PtraceRequest.POKEUSER, pid, offset, value);
  }

  /** {@code siginfo_t} of the signal that it stopped at. */
  public byte[] signalInformation() throws TraceException {
    try (Memory buffer = new Memory(SIGINFO_BYTES)) {
      request(PtraceRequest.GETSIGINFO, pid, 0, Pointer.nativeValue(buffer));
      return buffer.getByteArray(0, SIGINFO_BYTES);
    }
  }

  public void setSignalInformation(byte[] information) throws TraceException {
    try (Memory buffer = new Memory(SIGINFO_BYTES)) {
      buffer.write(0, information, 0, SIGINFO_BYTES);
      request(PtraceRequest.SETSIGINFO, pid, 0, Pointer.nativeValue(buffer));
    }
  }

  /** The process that was made, at {@link Stop.AtFork}. */
  public int forkedPid() throws TraceException {
    try (Memory buffer = new Memory(Long.BYTES)) {
      request(PtraceRequest.GETEVENTMSG, pid, 0, Pointer.nativeValue(buffer));
      return (int) buffer.getLong(0);
    }
  }

  /** Whether it is stopped at the beginning of a call. */
  public boolean isEnteringCall() throws TraceException {
    try (Memory buffer = new Memory(CALL_INFORMATION_BYTES)) {
      request(
          PtraceRequest.GET_SYSCALL_INFO, pid, CALL_INFORMATION_BYTES, Pointer.nativeValue(buffer));
      return buffer.getByte(0) == CALL_ENTRY;
    }
  }

  /** Mask of the blocked signals, bit N-1 for signal N. */
  public long blockedSignals() throws TraceException {
    try (Memory buffer = new Memory(Long.BYTES)) {
      request(PtraceRequest.GETSIGMASK, pid, Long.BYTES, Pointer.nativeValue(buffer));
      return buffer.getLong(0);
    }
  }

  /**
   * Reads its memory into {@code to} as far as it is readable.
   *
   * @return how many bytes were read
   */
  public int read(long vaddr, ByteBuffer to) throws IOException {
    int total = 0;
    while (to.hasRemaining() && vaddr + total >= 0) {
      int count;
      try {
        count = memory.read(to, vaddr + total);
      } catch (IOException e) {
        break; // EIO: nothing is mapped there; Java does not tell the number
      }
      if (count <= 0) {
        break;
      }
      total += count;
    }
    return total;
  }

  /** Sends a signal from outside. */
  public void kill(int signal) throws TraceException {
    try {
      LibC.kill(pid, signal);
    } catch (LastErrorException e) {
      throw new TraceException("kill", e.getErrorCode());
    }
  }

  /** Makes it stop with SIGSTOP, if it is still there; the one request that any thread may make. */
  public void stopFromOutside() {
    try {
      LibC.kill(pid, Signals.SIGSTOP);
    } catch (LastErrorException e) {
      if (e.getErrorCode() != NO_SUCH_PROCESS) {
        throw e;
      }
    }
  }

  /** Lets it go; it runs on untraced. */
  public void detach(int signal) throws IOException {
    request(PtraceRequest.DETACH, pid, 0, signal);
    close();
  }

  /**
   * Lets it go for a while, stopped with its group: it executes no instruction, and another tracer
   * can have it. Registers and memory cannot be asked for until {@link #seize}.
   */
  public void leaveStopped() throws TraceException {
    kill(Signals.SIGSTOP);
    request(PtraceRequest.DETACH, pid, 0, 0);
  }

  /** Takes a process that is not traced, and does not stop it; one that stands still says so. */
  public void seize() throws TraceException {
    request(PtraceRequest.SEIZE, pid, 0, options);
  }

  /** To be called when the process has become another program. */
  public void reopenMemory() throws IOException {
    memory.close();
    memory = openMemory(pid);
  }

  @Override
  public void close() throws IOException {
    memory.close();
  }

  private static FileChannel openMemory(int pid) throws IOException {
    return FileChannel.open(Path.of("/proc/" + pid + "/mem"), StandardOpenOption.READ);
  }

  private long getRegset(int type, Memory buffer) throws TraceException {
    regset(PtraceRequest.GETREGSET, type, buffer, buffer.size());
    return vector.getLong(Long.BYTES);
  }

  private void setRegset(int type, Memory buffer, long sizeBytes) throws TraceException {
    regset(PtraceRequest.SETREGSET, type, buffer, sizeBytes);
  }

  private void regset(int request, int type, Memory buffer, long sizeBytes) throws TraceException {
    vector.setPointer(0, buffer);
    vector.setLong(Long.BYTES, sizeBytes);
    request(request, pid, type, Pointer.nativeValue(vector));
  }

  private static void request(int request, int pid, long address, long data) throws TraceException {
    try {
      LibC.ptrace(request, pid, address, data);
    } catch (LastErrorException e) {
      throw new TraceException("ptrace request " + request + " on " + pid, e.getErrorCode());
    }
  }

  private static int wait(int pid, Memory status, int options) throws TraceException {
    try {
      LibC.waitpid(pid, status, options);
      return status.getInt(0);
    } catch (LastErrorException e) {
      throw new TraceException("waiting for " + pid, e.getErrorCode());
    }
  }
}
