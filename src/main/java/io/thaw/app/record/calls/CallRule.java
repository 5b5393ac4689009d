package io.thaw.app.record.calls;

import java.util.Optional;

/** What one system call does to the process that makes it. */
public interface CallRule {

  /**
   * Why this call cannot be recorded, asked before the kernel acts; empty if it can. A recording
   * ends in front of a call that is refused.
   */
  Optional<String> refusal(CallView before);

  /**
   * What to ask the kernel for instead, asked before it acts and only if the call is not refused;
   * empty if the call is made as it is. The program gets the result of the substitute and keeps the
   * argument registers that it had.
   */
  default Optional<Substitute> substitute(CallView before) {
    return Optional.empty();
  }

  /**
   * Says what the call did, asked after the kernel acted.
   *
   * <p>Ranges of memory may be reported larger than what the kernel wrote, because what is there
   * now is true in any case. They are never smaller.
   *
   * @param after number and arguments as the program passed them, also if there was a substitute
   */
  void effects(CallView after, EffectSink sink);
}
