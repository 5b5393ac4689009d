package io.thaw.linker.criu;

import com.google.protobuf.ByteString;
import io.thaw.linker.criu.proto.AlternateStack;
import io.thaw.linker.criu.proto.IntervalTimer;
import io.thaw.linker.criu.proto.PosixTimer;
import io.thaw.linker.criu.proto.SignalAction;
import io.thaw.linker.criu.proto.SignalInfo;
import io.thaw.linker.criu.proto.Task;
import io.thaw.linker.criu.proto.Thread;
import io.thaw.linker.criu.proto.Timers;
import io.thaw.linker.model.SignalState;
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

  static SignalState decode(Task task, Thread thread) {
    return new SignalState(
        actions(task.getActionsList()),
        thread.hasBlockedSignals() ? thread.getBlockedSignals() : task.getBlockedSignals(),
        alternateStack(thread),
        pending(task, thread),
        task.hasTimers() ? armed(task.getTimers()) : List.of());
  }

  /** In the order of signals; the two that cannot be caught have no entry. */
  private static List<SignalState.Action> actions(List<SignalAction> entries) {
    List<SignalState.Action> actions = new ArrayList<>();
    int signal = 0;
    for (SignalAction entry : entries) {
      signal++;
      if (signal == SIGKILL || signal == SIGSTOP) {
        signal++;
      }
      if (signal > SIGNAL_COUNT) {
        break;
      }
      actions.add(
          new SignalState.Action(
              signal, entry.getHandler(), entry.getFlags(), entry.getRestorer(), entry.getMask()));
    }
    return actions;
  }

  private static SignalState.AlternateStack alternateStack(Thread thread) {
    if (!thread.hasAlternateStack()) {
      return new SignalState.AlternateStack(0, 0, SS_DISABLE);
    }
    AlternateStack stack = thread.getAlternateStack();
    return new SignalState.AlternateStack(
        stack.getVaddr(), stack.getSize(), Integer.toUnsignedLong(stack.getFlags()));
  }

  private static List<Integer> pending(Task task, Thread thread) {
    List<Integer> signals = new ArrayList<>();
    List<SignalInfo> queued = new ArrayList<>(task.getSharedSignals().getSignalsList());
    queued.addAll(thread.getSignals().getSignalsList());
    for (SignalInfo info : queued) {
      ByteString raw = info.getSiginfo();
      // siginfo_t begins with si_signo, a 32-bit number that is at most 64.
      signals.add(raw.isEmpty() ? 0 : raw.byteAt(0) & 0xff);
    }
    return signals;
  }

  private static List<String> armed(Timers timers) {
    List<String> armed = new ArrayList<>();
    addIfArmed("interval timer ITIMER_REAL", timers.getReal(), armed);
    addIfArmed("interval timer ITIMER_VIRTUAL", timers.getVirtual(), armed);
    addIfArmed("interval timer ITIMER_PROF", timers.getProfiling(), armed);
    for (PosixTimer timer : timers.getPosixList()) {
      if ((timer.getIntervalSeconds()
              | timer.getIntervalNanoseconds()
              | timer.getRemainingSeconds()
              | timer.getRemainingNanoseconds())
          != 0) {
        armed.add("POSIX timer " + timer.getId());
      }
    }
    return armed;
  }

  private static void addIfArmed(String name, IntervalTimer timer, List<String> armed) {
    if ((timer.getIntervalSeconds()
            | timer.getIntervalMicroseconds()
            | timer.getRemainingSeconds()
            | timer.getRemainingMicroseconds())
        != 0) {
      armed.add(name);
    }
  }
}
