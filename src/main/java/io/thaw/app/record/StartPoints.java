package io.thaw.app.record;

import io.thaw.app.ptrace.Breakpoint;
import io.thaw.app.ptrace.CallControl;
import io.thaw.app.ptrace.Resumption;
import io.thaw.app.ptrace.Signals;
import io.thaw.app.ptrace.Stop;
import io.thaw.app.ptrace.Tracee;
import io.thaw.app.ptrace.UserRegisters;
import io.thaw.app.record.RecordOptions.Point;
import io.thaw.app.record.RecordOptions.Start;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Brings a stopped process to where its recording is to begin, and stops it there. */
final class StartPoints {

  private static final String MAIN = "main";
  private static final String MAIN_CALLER = "__libc_start_main";

  private final Tracee tracee;

  StartPoints(Tracee tracee) {
    this.tracee = tracee;
  }

  /**
   * @throws StartNotReachedException if the program ended before
   * @throws IOException if there is no such place, or the process cannot be traced
   */
  void reach(Start start) throws IOException {
    if (start.point() instanceof Point.Entry) {
      runTo(AuxiliaryVector.entryVaddr(tracee.pid()));
    } else if (start.point() instanceof Point.Symbol symbol) {
      runTo(AuxiliaryVector.entryVaddr(tracee.pid()));
      runTo(symbolVaddr(symbol.name()));
    }
    if (start.after().isPresent()) {
      runFor(start.after().get());
    }
    if (start.afterCalls().isPresent()) {
      runCalls(start.afterCalls());
    }
    leaveInterruptedCall();
  }

  /** The C library's start-up function is given main, also where no symbol tells of it. */
  private long symbolVaddr(String name) throws IOException {
    OptionalLong vaddr = LoadedSymbols.find(tracee.pid(), name);
    if (vaddr.isPresent()) {
      return vaddr.getAsLong();
    }
    OptionalLong caller =
        name.equals(MAIN) ? LoadedSymbols.find(tracee.pid(), MAIN_CALLER) : OptionalLong.empty();
    if (caller.isEmpty()) {
      throw new SymbolNotFoundException(name);
    }
    runTo(caller.getAsLong());
    return tracee.registers().argument(0);
  }

  private void runTo(long vaddr) throws IOException {
    if (tracee.registers().pc() == vaddr) {
      return;
    }
    Breakpoint.set(tracee, vaddr);
    tracee.resume(Resumption.CONTINUE, 0);
    for (Stop stop = tracee.await(); ; stop = tracee.await()) {
      if (stop instanceof Stop.AtSignal signal
          && signal.signal() == Signals.SIGTRAP
          && tracee.registers().pc() == vaddr) {
        Breakpoint.clear(tracee);
        return;
      }
      passOn(stop, Resumption.CONTINUE);
    }
  }

  private void runFor(Duration time) throws IOException {
    try (Deadline deadline = Deadline.start(tracee, Optional.of(time))) {
      tracee.resume(Resumption.CONTINUE, 0);
      for (Stop stop = tracee.await(); ; stop = tracee.await()) {
        if (deadline.isOver()
            && stop instanceof Stop.AtSignal signal
            && signal.signal() == Signals.SIGSTOP) {
          return;
        }
        passOn(stop, Resumption.CONTINUE);
      }
    }
  }

  /**
   * A call that was interrupted is made again from its beginning: where the kernel would go on with
   * what is left of it (restart_syscall), a replay could not. If a signal's handler comes first,
   * the recording begins in front of the handler's own first call.
   */
  private void leaveInterruptedCall() throws IOException {
    UserRegisters registers = tracee.registers();
    if (!SignalWatch.isRestart(registers.result())) {
      return;
    }
    tracee.resume(Resumption.TO_CALL, 0);
    for (Stop stop = tracee.await(); ; stop = tracee.await()) {
      if (stop instanceof Stop.AtCall) {
        UserRegisters atCall = tracee.registers();
        boolean isSame = atCall.pc() == registers.pc() && atCall.sp() == registers.sp();
        CallControl.rewind(tracee, (isSame ? registers : atCall).callNumber());
        return;
      }
      passOn(stop, Resumption.TO_CALL);
    }
  }

  private void runCalls(OptionalLong count) throws IOException {
    boolean inside = false;
    long left = count.getAsLong();
    while (left > 0) {
      tracee.resume(Resumption.TO_CALL, 0);
      Stop stop = tracee.await();
      while (!(stop instanceof Stop.AtCall)) {
        passOn(stop, Resumption.TO_CALL);
        stop = tracee.await();
      }
      inside = !inside;
      if (!inside && !SignalWatch.isRestart(tracee.registers().result())) {
        left--;
      }
    }
  }

  /** Whatever happens on the way happens to the program as if nobody looked. */
  private void passOn(Stop stop, Resumption how) throws IOException {
    if (stop.isOver()) {
      throw new StartNotReachedException(stop);
    }
    if (stop instanceof Stop.AtFork) {
      try (Tracee child = tracee.child(tracee.forkedPid())) {
        if (!child.await().isOver()) {
          child.detach(0);
        }
      }
    }
    if (stop instanceof Stop.AtExec) {
      tracee.reopenMemory();
    }
    tracee.resume(how, stop instanceof Stop.AtSignal signal ? signal.signal() : 0);
  }
}
