package io.thaw.app.record.calls;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A call that is many calls: an argument says which. Codes that are not in its table are refused.
 */
final class ByCode implements CallRule {

  private final String what;
  private final int argument;
  private final long mask;
  private final Map<Long, CallRule> rules;

  private ByCode(String what, int argument, long mask, Map<Long, CallRule> rules) {
    this.what = what;
    this.argument = argument;
    this.mask = mask;
    this.rules = Map.copyOf(rules);
  }

  /**
   * Begins a table.
   *
   * @param what the code's name in messages
   * @param argument index of the argument that is the code, a C int
   */
  static Table table(String what, int argument) {
    return new Table(what, argument, 0xffff_ffffL);
  }

  /** The same, but only the bits of {@code mask} are the code. */
  static Table table(String what, int argument, long mask) {
    return new Table(what, argument, mask);
  }

  @Override
  public Optional<String> refusal(CallView before) {
    CallRule rule = rules.get(code(before));
    return rule == null
        ? Optional.of("nothing is known of " + what + " 0x" + Long.toHexString(code(before)))
        : rule.refusal(before);
  }

  @Override
  public Optional<Substitute> substitute(CallView before) {
    return rule(before).substitute(before);
  }

  @Override
  public void effects(CallView after, EffectSink sink) {
    rule(after).effects(after, sink);
  }

  private CallRule rule(CallView call) {
    CallRule rule = rules.get(code(call));
    if (rule == null) {
      throw new IllegalStateException(what + " 0x" + Long.toHexString(code(call)) + " was refused");
    }
    return rule;
  }

  private long code(CallView call) {
    return call.argument(argument) & mask;
  }

  /** A table being written down. */
  static final class Table {

    private final String what;
    private final int argument;
    private final long mask;
    private final Map<Long, CallRule> rules = new HashMap<>();

    private Table(String what, int argument, long mask) {
      this.what = what;
      this.argument = argument;
      this.mask = mask;
    }

    Table row(long code, Action... actions) {
      return rule(code, Rule.doing(actions));
    }

    Table nothing(long... codes) {
      for (long code : codes) {
        row(code);
      }
      return this;
    }

    Table refused(String reason, long... codes) {
      for (long code : codes) {
        rule(code, Rule.refused(reason));
      }
      return this;
    }

    Table rule(long code, CallRule rule) {
      if (rules.put(code, rule) != null) {
        throw new IllegalStateException(what + " 0x" + Long.toHexString(code) + " is there twice");
      }
      return this;
    }

    ByCode build() {
      return new ByCode(what, argument, mask, rules);
    }
  }
}
