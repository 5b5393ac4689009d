package io.thaw.app.record;

import io.thaw.app.ptrace.CallControl;
import io.thaw.app.ptrace.Tracee;
import io.thaw.app.ptrace.UserRegisters;
import io.thaw.app.record.calls.CallRule;
import io.thaw.app.record.calls.Substitute;
import java.io.IOException;
import java.util.Optional;

/**
 * A call between its beginning and its end.
 *
 * @param view the call as the program makes it
 * @param rule its rule
 * @param substituted whether the kernel is asked for something else than the program asked for
 */
record InterceptedCall(StoppedCall view, CallRule rule, boolean substituted) {

  /** At the call's beginning; changes it if its rule wants that. */
  static InterceptedCall begin(Tracee tracee, StoppedCall view, CallRule rule) throws IOException {
    Optional<Substitute> substitute = rule.substitute(view);
    if (substitute.isPresent()) {
      if (substitute.get() instanceof Substitute.Call call) {
        CallControl.change(tracee, call.number(), call.toArray());
      } else {
        CallControl.drop(tracee);
      }
    }
    return new InterceptedCall(view, rule, substitute.isPresent());
  }

  /** At the call's end: the registers with which the program goes on. */
  UserRegisters finish(Tracee tracee) throws IOException {
    return substituted ? CallControl.restore(tracee, view.before()) : tracee.registers();
  }
}
