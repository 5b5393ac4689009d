package io.thaw.app.record.calls;

/** One thing that a call does; rows of the table are made of these. */
@FunctionalInterface
interface Action {

  /** Says what of it happened, after the kernel acted. */
  void report(CallView call, EffectSink sink);
}
