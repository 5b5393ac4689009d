package io.thaw.app.record;

import io.thaw.app.ptrace.HeldSignal;
import io.thaw.app.ptrace.Resumption;
import io.thaw.app.ptrace.Signals;
import io.thaw.app.ptrace.Stop;
import io.thaw.app.ptrace.Tracee;
import io.thaw.app.ptrace.UserRegisters;
import io.thaw.app.record.calls.CallRule;
import io.thaw.app.record.calls.CallTable;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.RegisterRow;
import io.thaw.linker.model.Resume;
import io.thaw.linker.model.Trigger;
import io.thaw.linker.recording.RecordingWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes down what the kernel does to a process, from where it stands to the end of the recording.
 * Each event is written when the next one begins: until then a signal may still belong to it, or
 * the recording may end in front of it.
 */
final class Recorder {

  private final Tracee tracee;
  private final Deadline deadline;
  private final long mostCalls;
  private final CallTable table;
  private final CallNumbers numbers;
  private final RecordingWriter writer;
  private final EffectCollector effects;
  private final MemoryReader memory;
  private final OpenFiles files;
  private final CounterTrap counter;
  private final SignalWatch signals;
  private final Children children;
  private final HeldThreads threads;

  private PendingEvent pending;
  private InterceptedCall current;
  private long callCount;
  private long eventCount;
  private RecordingEnd end;

  /** The parts that a recorder works with; all belong to one process. */
  record Parts(
      Tracee tracee,
      RecordingWriter writer,
      EffectCollector effects,
      MemoryReader memory,
      OpenFiles files,
      CounterTrap counter,
      SignalWatch signals,
      Children children,
      HeldThreads threads) {}

  Recorder(Parts parts, Deadline deadline, long mostCalls) {
    this.tracee = parts.tracee();
    this.writer = parts.writer();
    this.effects = parts.effects();
    this.memory = parts.memory();
    this.files = parts.files();
    this.counter = parts.counter();
    this.signals = parts.signals();
    this.children = parts.children();
    this.threads = parts.threads();
    this.deadline = deadline;
    this.mostCalls = mostCalls;
    this.table = CallTable.of(tracee.architecture());
    this.numbers = CallNumbers.of(tracee.architecture());
  }

  /**
   * Records until the end.
   *
   * @throws IOException if the process cannot be traced any more, or nothing could be recorded
   */
  RecordingEnd run() throws IOException {
    tracee.resume(Resumption.TO_CALL, 0);
    while (end == null) {
      step(tracee.await());
    }
    if (eventCount == 0) {
      throw new NothingRecordedException(
          "the program ended before its first system call: " + end.reason());
    }
    return end;
  }

  long callCount() {
    return callCount;
  }

  private void step(Stop stop) throws IOException {
    if (stop instanceof Stop.AtCall) {
      if (current == null) {
        enterCall();
      } else {
        leaveCall();
      }
    } else if (stop instanceof Stop.AtSignal signal) {
      atSignal(signal.signal());
    } else if (stop instanceof Stop.AtFork) {
      children.born(tracee.forkedPid());
      tracee.resume(Resumption.TO_CALL, 0);
    } else if (stop instanceof Stop.AtExit) {
      threads.abandon();
      tracee.resume(Resumption.CONTINUE, 0);
    } else if (stop instanceof Stop.InGroup group) {
      boolean stopped = group.signal() != Signals.SIGTRAP;
      tracee.resume(stopped ? Resumption.LISTEN : Resumption.TO_CALL, 0);
    } else if (stop.isOver()) {
      endBefore(RecordingEnd.over(stop));
    } else {
      throw new IOException("the process became another program while it was recorded");
    }
  }

  private void enterCall() throws IOException {
    UserRegisters registers = tracee.registers();
    if (pending != null && pending.isRestarting() && !deadline.isOver()) {
      // The kernel makes the program repeat the call: for the program nothing has happened yet.
      current = pending.again(tracee);
      tracee.resume(Resumption.TO_CALL, signals.injectNext());
      return;
    }
    if (pending != null && pending.isRestarting()) {
      endBefore(RecordingEnd.beforeCall("after the time asked for"));
      return;
    }
    writePending();
    StoppedCall call = new StoppedCall(memory, files, registers);
    RegisterRow row = registers.rowAtCall();
    if (numbers.isExit(call.number())) {
      write(row, Trigger.CALL, call.number(), new Resume.End(exitStatus(call)));
      end = RecordingEnd.exit();
      return;
    }
    Optional<CallRule> rule = table.rule(call.number());
    Optional<String> refusal = refusal(call, rule);
    if (refusal.isPresent()) {
      write(row, Trigger.CALL, call.number(), new Resume.End(OptionalInt.empty()));
      end = RecordingEnd.beforeCall(refusal.get());
      return;
    }
    callCount++;
    current = InterceptedCall.begin(tracee, call, rule.get());
    pending = new PendingEvent(row, current);
    tracee.resume(Resumption.TO_CALL, signals.injectNext());
  }

  private static OptionalInt exitStatus(StoppedCall call) {
    return OptionalInt.of((int) call.argument(0) & 0xff);
  }

  private Optional<String> refusal(StoppedCall call, Optional<CallRule> rule) {
    if (callCount >= mostCalls) {
      return Optional.of("after " + callCount + " calls, as asked");
    }
    if (deadline.isOver()) {
      return Optional.of("after the time asked for");
    }
    if (rule.isEmpty()) {
      return Optional.of("call " + table.name(call.number()) + " has no rule");
    }
    if (!threads.isEmpty() && FutexWait.isForever(call, numbers.futex())) {
      return Optional.of("call futex: it waits for another thread, and those stand still");
    }
    return rule.get()
        .refusal(call)
        .map(reason -> "call " + table.name(call.number()) + ": " + reason);
  }

  private void leaveCall() throws IOException {
    InterceptedCall call = current;
    current = null;
    UserRegisters registers = call.finish(tracee);
    if (call.view().number() == numbers.signalReturn()) {
      effects.vectorState(signals.vectorState());
      pending.resumeAt(registers, effects.take());
    } else if (SignalWatch.isRestart(registers.result())) {
      pending.restart(registers);
    } else {
      call.rule().effects(call.view().returned(registers.result()), effects);
      pending.returned(registers, effects.take());
    }
    tracee.resume(Resumption.TO_CALL, 0);
  }

  private void atSignal(int signal) throws IOException {
    if (signal == Signals.SIGSTOP && deadline.isOver()) {
      if (pending != null && pending.isRestarting()) {
        tracee.resume(Resumption.TO_CALL, 0); // to the same call, which ends the recording
        return;
      }
      if (pending == null && eventCount == 0) {
        throw new NothingRecordedException(
            "the program made no system call in the time asked for: a replay would have no end");
      }
      if (pending == null) { // behind a fault: the next call is the end
        tracee.resume(Resumption.TO_CALL, 0);
        return;
      }
      endBefore(RecordingEnd.inProgram("after the time asked for"));
      return;
    }
    HeldSignal held = new HeldSignal(signal, tracee.signalInformation());
    UserRegisters registers = tracee.registers();
    if (SignalWatch.isSynchronous(held)) {
      atFault(held, registers);
    } else if (signals.wasInjected(held) || (pending != null && pending.stillAt(registers))) {
      deliverAtCall(signals.original(held));
    } else {
      signals.hold(held);
      tracee.resume(Resumption.TO_CALL, 0);
    }
  }

  /** The signal belongs to the call that was just made: its frame is one of the call's effects. */
  private void deliverAtCall(HeldSignal signal) throws IOException {
    tracee.setSignalInformation(signal.information().toArray());
    if (signals.isCaught(signal.signal())) {
      pending.interrupted(effects);
      UserRegisters handler = signals.deliver(signal.signal(), effects);
      pending.resumeAt(handler, effects.take());
      tracee.resume(Resumption.TO_CALL, 0);
    } else {
      tracee.resume(Resumption.TO_CALL, signal.signal());
    }
  }

  private void atFault(HeldSignal signal, UserRegisters registers) throws IOException {
    writePending();
    RegisterRow row = registers.row();
    if (signal.signal() == Signals.SIGSEGV && counter.isAtRead(registers.pc())) {
      counter.stepOver();
      write(row, Trigger.COUNTER, 0, new Resume.At(tracee.registers().row()));
    } else if (signals.isCaught(signal.signal())) {
      UserRegisters handler = signals.deliver(signal.signal(), effects);
      write(row, Trigger.FAULT, SignalWatch.address(signal), new Resume.At(handler.row()));
    } else {
      write(row, Trigger.FAULT, SignalWatch.address(signal), new Resume.End(OptionalInt.empty()));
      end = RecordingEnd.fatal(signal.signal());
      return;
    }
    tracee.resume(Resumption.TO_CALL, 0);
  }

  private void writePending() throws IOException {
    if (pending != null) {
      writer.event(pending.row(), pending.event());
      eventCount++;
      pending = null;
    }
  }

  private void write(RegisterRow row, Trigger trigger, long number, Resume resume)
      throws IOException {
    writer.event(row, new Event(trigger, number, effects.take(), resume));
    eventCount++;
  }

  /** Ends in front of the last call, for nothing that came later can be reached by itself. */
  private void endBefore(RecordingEnd how) throws IOException {
    if (pending != null) {
      writer.event(
          pending.row(),
          new Event(
              Trigger.CALL,
              pending.call().number(),
              List.of(),
              new Resume.End(OptionalInt.empty())));
      eventCount++;
      callCount--;
      pending = null;
    } else if (eventCount > 0) {
      throw new IOException("the process ended behind an event that cannot be the last one");
    }
    end = how;
  }
}
