package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.AlternateStack;
import io.thaw.linker.criu.proto.Core;
import io.thaw.linker.criu.proto.SignalAction;
import io.thaw.linker.criu.proto.SignalInfo;
import io.thaw.linker.criu.proto.SignalQueue;
import io.thaw.linker.criu.proto.Task;
import io.thaw.linker.criu.proto.Thread;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.SignalState;
import io.thaw.linker.model.linux.Timers;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Signals and timers of a task and its leader. */
final class Signals {

  private static final int SIGKILL = 9;
  private static final int SIGSTOP = 19;
  private static final int SIGNAL_COUNT = 64;

  /** SS_DISABLE of {@code <linux/signal.h>}: there is no alternate stack. */
  private static final int SS_DISABLE = 2;

  private Signals() {}

  /**
   * Signals of a process.
   *
   * @param file name of the core image, for messages
   * @param architecture that of its threads
   * @param core the core of its leader
   */
  static SignalState decode(String file, Architecture architecture, Core core)
      throws InvalidInputException {
    Task task = core.getTask();
    Thread thread = core.getThread();
    return new SignalState(
        actions(file, architecture, task.getActionsList()),
        blockedMask(task, thread),
        alternateStack(thread),
        pending(file, task, thread),
        armed(TaskDecoder.timers(task)));
  }

  /** Older dumps have it in the task alone. */
  static long blockedMask(Task task, Thread thread) {
    return thread.hasBlockedSignals() ? thread.getBlockedSignals() : task.getBlockedSignals();
  }

  /** In the order of signals; the two that cannot be caught have no entry. */
  private static List<SignalState.Action> actions(
      String file, Architecture architecture, List<SignalAction> entries)
      throws InvalidInputException {
    if (entries.size() != SIGNAL_COUNT - 2) {
      throw new InvalidInputException(
          file,
          "tc",
          entries.size() + " sigactions",
          SIGNAL_COUNT - 2 + ", for all signals but SIGKILL and SIGSTOP");
    }
    List<SignalState.Action> actions = new ArrayList<>();
    int signal = 0;
    for (SignalAction entry : entries) {
      signal++;
      if (signal == SIGKILL || signal == SIGSTOP) {
        signal++;
      }
      actions.add(action(signal, architecture, entry));
    }
    return actions;
  }

  /**
   * CRIU's structure has a restorer before the mask on every architecture, that of Linux on riscv64
   * has none: there what CRIU calls the restorer is the mask, and its mask is whatever was on its
   * stack.
   */
  private static SignalState.Action action(
      int signal, Architecture architecture, SignalAction entry) {
    boolean hasRestorer = architecture != Architecture.RISCV64;
    return new SignalState.Action(
        signal,
        entry.getHandler(),
        entry.getFlags(),
        hasRestorer ? entry.getRestorer() : 0,
        hasRestorer ? entry.getMask() : entry.getRestorer());
  }

  static SignalState.AlternateStack alternateStack(Thread thread) {
    if (!thread.hasAlternateStack()) {
      return new SignalState.AlternateStack(0, 0, SS_DISABLE);
    }
    AlternateStack stack = thread.getAlternateStack();
    return new SignalState.AlternateStack(
        stack.getVaddr(), stack.getSize(), Integer.toUnsignedLong(stack.getFlags()));
  }

  private static List<Integer> pending(String file, Task task, Thread thread)
      throws InvalidInputException {
    List<Integer> signals = new ArrayList<>();
    addPending(file, "signals_s", task.getSharedSignals(), signals);
    addPending(file, "signals_p", thread.getSignals(), signals);
    return signals;
  }

  /** A {@code siginfo_t} begins with {@code si_signo}, 32 bits. */
  private static void addPending(
      String file, String record, SignalQueue queue, List<Integer> signals)
      throws InvalidInputException {
    for (SignalInfo info : queue.getSignalsList()) {
      ByteBuffer raw = info.getSiginfo().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      int signal = raw.remaining() < Integer.BYTES ? 0 : raw.getInt();
      if (signal < 1 || signal > SIGNAL_COUNT) {
        throw new InvalidInputException(
            file, record, "signal " + signal, "a number from 1 to " + SIGNAL_COUNT);
      }
      signals.add(signal);
    }
  }

  private static List<String> armed(Timers timers) {
    List<String> armed = new ArrayList<>();
    addIfArmed("interval timer ITIMER_REAL", timers.real(), armed);
    addIfArmed("interval timer ITIMER_VIRTUAL", timers.virtual(), armed);
    addIfArmed("interval timer ITIMER_PROF", timers.profiling(), armed);
    for (Timers.Posix timer : timers.posix()) {
      if (timer.isArmed()) {
        armed.add("POSIX timer " + timer.id());
      }
    }
    return armed;
  }

  private static void addIfArmed(String name, Timers.Interval timer, List<String> armed) {
    if (timer.isArmed()) {
      armed.add(name);
    }
  }
}
