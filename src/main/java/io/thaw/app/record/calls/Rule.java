package io.thaw.app.record.calls;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A rule in the words of the table.
 *
 * @param objection why a call with such arguments is refused
 * @param replacement what is asked of the kernel instead
 * @param actions what the call does, in this order
 */
record Rule(
    Function<CallView, Optional<String>> objection,
    Function<CallView, Optional<Substitute>> replacement,
    List<Action> actions)
    implements CallRule {

  Rule {
    actions = List.copyOf(actions);
  }

  static Rule doing(Action... actions) {
    return new Rule(call -> Optional.empty(), call -> Optional.empty(), List.of(actions));
  }

  static Rule refused(String reason) {
    return doing().unless(call -> true, reason);
  }

  /** The same rule for fewer calls. */
  Rule unless(Predicate<CallView> unfit, String reason) {
    return new Rule(
        call -> unfit.test(call) ? Optional.of(reason) : objection.apply(call),
        replacement,
        actions);
  }

  /** The same rule, but the kernel is asked for something else. */
  Rule replacedBy(Function<CallView, Optional<Substitute>> other) {
    return new Rule(objection, other, actions);
  }

  @Override
  public Optional<String> refusal(CallView before) {
    return objection.apply(before);
  }

  @Override
  public Optional<Substitute> substitute(CallView before) {
    return replacement.apply(before);
  }

  @Override
  public void effects(CallView after, EffectSink sink) {
    for (Action action : actions) {
      action.report(after, sink);
    }
  }
}
