package io.thaw.app.record;

import io.thaw.app.ptrace.HeldSignal;
import io.thaw.app.ptrace.RegisterSets;
import io.thaw.app.ptrace.RemoteCalls;
import io.thaw.app.ptrace.Resumption;
import io.thaw.app.ptrace.Signals;
import io.thaw.app.ptrace.Stop;
import io.thaw.app.ptrace.Tracee;
import io.thaw.app.ptrace.UserRegisters;
import io.thaw.linker.model.Architecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signals of the recorded process. Those that come from outside are held until its next call: only
 * there can a replay deliver them at the same instruction.
 */
final class SignalWatch {

  /** ERESTARTSYS, ERESTARTNOINTR, ERESTARTNOHAND, ERESTART_RESTARTBLOCK of the kernel. */
  private static final Set<Long> RESTARTS = Set.of(-512L, -513L, -514L, -516L);

  private static final Set<Integer> SYNCHRONOUS =
      Set.of(Signals.SIGSEGV, Signals.SIGBUS, Signals.SIGFPE, Signals.SIGILL, Signals.SIGTRAP);

  private static final int INFORMATION_CODE = 8;
  private static final int INFORMATION_ADDRESS = 16;

  /** More than any frame with AVX-512 or SVE of 512 bits. */
  private static final int MOST_FRAME_BYTES = 16 << 10;

  private static final int MOST_VECTOR_BYTES = 16 << 10;

  private final Tracee tracee;
  private final RemoteCalls calls;
  private final Deque<HeldSignal> held = new ArrayDeque<>();
  private @Nullable HeldSignal injected;

  SignalWatch(Tracee tracee, RemoteCalls calls) {
    this.tracee = tracee;
    this.calls = calls;
  }

  /** Whether a call's result means that it was interrupted and may be repeated. */
  static boolean isRestart(long result) {
    return RESTARTS.contains(result);
  }

  /** Whether an instruction of the program caused it, and not somebody else. */
  static boolean isSynchronous(HeldSignal signal) {
    return SYNCHRONOUS.contains(signal.signal()) && words(signal).getInt(INFORMATION_CODE) > 0;
  }

  /** The address that a synchronous signal is about. */
  static long address(HeldSignal signal) {
    return words(signal).getLong(INFORMATION_ADDRESS);
  }

  private static ByteBuffer words(HeldSignal signal) {
    return ByteBuffer.wrap(signal.information().toArray()).order(ByteOrder.LITTLE_ENDIAN);
  }

  void hold(HeldSignal signal) {
    held.add(signal);
  }

  /** A signal to be sent at the beginning of a call, 0 if there is none. */
  int injectNext() {
    held.addAll(calls.takeHeldSignals());
    if (injected != null || held.isEmpty()) {
      return 0;
    }
    injected = held.remove();
    return injected.signal();
  }

  /** Sends what was held and will be delivered by nobody else; before the process is let go. */
  void handBack() throws IOException {
    held.addAll(calls.takeHeldSignals());
    for (HeldSignal signal : held) {
      tracee.kill(signal.signal());
    }
    held.clear();
  }

  boolean wasInjected(HeldSignal signal) {
    return injected != null && injected.signal() == signal.signal();
  }

  /** The signal as it came first; what was injected says that the tracer sent it. */
  HeldSignal original(HeldSignal signal) {
    if (!wasInjected(signal)) {
      return signal;
    }
    HeldSignal original = injected;
    injected = null;
    return original;
  }

  /** Whether the program has a handler for it. */
  boolean isCaught(int signal) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + tracee.pid() + "/status"))) {
      if (line.startsWith("SigCgt:")) {
        long caught = Long.parseUnsignedLong(line.substring(7).trim(), 16);
        return (caught >>> (signal - 1) & 1) != 0;
      }
    }
    throw new IOException(
        "/proc/" + tracee.pid() + "/status does not say which signals are caught");
  }

  /**
   * Lets the kernel build the frame and stops at the handler's first instruction.
   *
   * @return registers there
   */
  UserRegisters deliver(int signal, EffectCollector effects) throws IOException {
    long oldSp = tracee.registers().sp();
    tracee.resume(Resumption.STEP, signal);
    Stop stop = tracee.await();
    if (!(stop instanceof Stop.AtSignal trap) || trap.signal() != Signals.SIGTRAP) {
      throw new IOException("signal " + signal + " was not delivered: " + stop);
    }
    UserRegisters handler = tracee.registers();
    long frameBytes = oldSp - handler.sp();
    boolean sameStack = frameBytes > 0 && frameBytes < MOST_FRAME_BYTES;
    effects.written(handler.sp(), sameStack ? frameBytes : MOST_FRAME_BYTES);
    if (tracee.architecture() == Architecture.X86_64) {
      effects.vectorState(vectorState()); // the kernel gives a handler fresh ones
    }
    return handler;
  }

  /** Floating-point and vector registers, in the form of an effect. */
  byte[] vectorState() throws IOException {
    return tracee.registerSet(
        tracee.architecture() == Architecture.X86_64
            ? RegisterSets.XSTATE
            : RegisterSets.FLOATING_POINT,
        MOST_VECTOR_BYTES);
  }
}
