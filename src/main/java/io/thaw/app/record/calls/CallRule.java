package io.thaw.app.record.calls;

import java.util.Optional;

/** What one system call does to the process that makes it. */
public interface CallRule {

  /**
   * Why this call cannot be recorded, asked before the kernel acts; empty if it can. A recording
   * ends in front of a call that is refused.
   */
  Optional<String> refusal(CallView before);

  /** Says what the call did, asked after the kernel acted. */
  void effects(CallView after, EffectSink sink);
}
