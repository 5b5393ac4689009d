package io.thaw.app.record;

import io.thaw.app.ptrace.Tracee;
import io.thaw.app.ptrace.UserRegisters;
import io.thaw.linker.model.Effect;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.RegisterRow;
import io.thaw.linker.model.Resume;
import io.thaw.linker.model.Trigger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A call that was made, as long as something may still be added to what it did. */
final class PendingEvent {

  /** EINTR, as the kernel returns it. */
  private static final long INTERRUPTED = -4;

  private final RegisterRow row;
  private final InterceptedCall call;
  private final List<Effect> effects = new ArrayList<>();
  private Resume resume = new Resume.Result(0);
  private UserRegisters after;
  private boolean restarting;

  PendingEvent(RegisterRow row, InterceptedCall call) {
    this.row = row;
    this.call = call;
    this.after = call.view().before();
  }

  RegisterRow row() {
    return row;
  }

  StoppedCall call() {
    return call.view();
  }

  /** The same call once more, at its beginning. */
  InterceptedCall again(Tracee tracee) throws IOException {
    return InterceptedCall.begin(tracee, call.view(), call.rule());
  }

  /** The call returned. */
  void returned(UserRegisters registers, List<Effect> more) {
    effects.addAll(more);
    resume = new Resume.Result(registers.result());
    after = registers;
    restarting = false;
  }

  /** The call was interrupted, and is repeated unless a handler is called. */
  void restart(UserRegisters registers) {
    after = registers;
    restarting = true;
  }

  /** A handler is about to be called: a call that would be repeated is over, and says so. */
  void interrupted(EffectCollector collector) {
    if (restarting) {
      call.rule().effects(call.view().returned(INTERRUPTED), collector);
    }
  }

  /** The program goes on elsewhere: in a signal handler, or where one was called. */
  void resumeAt(UserRegisters registers, List<Effect> more) {
    effects.addAll(more);
    resume = new Resume.At(registers.row());
    after = registers;
    restarting = false;
  }

  boolean isRestarting() {
    return restarting;
  }

  /** Whether the program has not executed an instruction since. */
  boolean stillAt(UserRegisters registers) {
    return after.equals(registers);
  }

  Event event() {
    return new Event(Trigger.CALL, call().number(), effects, resume);
  }
}
