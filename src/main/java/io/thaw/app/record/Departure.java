package io.thaw.app.record;

import io.thaw.app.ptrace.CallControl;
import io.thaw.app.ptrace.RemoteCalls;
import io.thaw.app.ptrace.Resumption;
import io.thaw.app.ptrace.SharedProcessor;
import io.thaw.app.ptrace.Signals;
import io.thaw.app.ptrace.Stop;
import io.thaw.app.ptrace.Tracee;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How a process is left: what recording needed is taken back, and it runs on or ends as asked. It
 * is never left stopped.
 */
final class Departure {

  private final Tracee tracee;
  private final boolean launched;
  private final boolean leaveRunning;
  private @Nullable HeldThreads threads;
  private @Nullable RemoteCalls calls;
  private @Nullable VdsoDetour detour;
  private @Nullable CounterTrap counter;
  private @Nullable SignalWatch signals;
  private @Nullable SharedProcessor processor;

  Departure(Tracee tracee, boolean launched, boolean leaveRunning) {
    this.tracee = tracee;
    this.launched = launched;
    this.leaveRunning = leaveRunning;
  }

  /** Threads that are to be let go with the process. */
  void holds(HeldThreads heldThreads) {
    this.threads = heldThreads;
  }

  /** What there is to be taken back from now on. */
  void takesBack(
      RemoteCalls remoteCalls,
      VdsoDetour changedVdso,
      CounterTrap changedCounter,
      SignalWatch heldSignals,
      SharedProcessor sharedProcessor) {
    this.calls = remoteCalls;
    this.processor = sharedProcessor;
    this.detour = changedVdso;
    this.counter = changedCounter;
    this.signals = heldSignals;
  }

  /** Leaves the process at the end of its recording; waits for the end of one that was started. */
  void at(RecordingEnd end) throws IOException {
    switch (end.state()) {
      case OVER -> {
        return;
      }
      case BEFORE_EXIT -> {
        abandonThreads();
        tracee.detach(0);
      }
      case AT_SIGNAL -> {
        abandonThreads();
        tracee.detach(end.signal());
      }
      case BEFORE_CALL -> {
        CallControl.rewind(tracee);
        runOn();
      }
      case IN_PROGRAM -> runOn();
    }
    if (launched) {
      awaitEnd();
    }
  }

  private void runOn() throws IOException {
    if (launched && !leaveRunning) {
      end();
      return;
    }
    if (counter != null) {
      counter.clear();
    }
    if (detour != null) {
      detour.undo();
    }
    if (signals != null) {
      signals.handBack();
    }
    if (processor != null) {
      processor.release();
    }
    if (threads != null && calls != null && processor != null) {
      threads.release(calls, processor);
    } else {
      abandonThreads();
    }
    tracee.detach(0);
  }

  private void end() throws IOException {
    tracee.kill(Signals.SIGKILL);
    abandonThreads(); // a process does not end before its threads are gone
  }

  private void abandonThreads() throws IOException {
    if (threads != null) {
      threads.abandon();
    }
  }

  private void awaitEnd() throws IOException {
    for (Stop stop = tracee.await(); !stop.isOver(); stop = tracee.await()) {
      tracee.resume(
          Resumption.CONTINUE, stop instanceof Stop.AtSignal signal ? signal.signal() : 0);
    }
  }

  /** Leaves it after a failure, wherever it stands: a program that was started is ended. */
  void afterFailure(Exception failure) {
    try {
      if (launched) {
        end();
      } else {
        if (tracee.isEnteringCall()) {
          CallControl.rewind(tracee);
        }
        runOn();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
