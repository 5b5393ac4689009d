package io.thaw.app.record;

import io.thaw.app.record.calls.CallView;

/** Whether a call sleeps until another thread wakes it, futex(2). */
final class FutexWait {

  private static final int OPERATION_MASK = 0x7f;
  private static final int WAIT = 0;
  private static final int WAIT_BITSET = 9;

  private FutexWait() {}

  /**
   * Whether it has no time limit and the word has the value that is waited on, so that only a wake
   * ends it.
   *
   * @param call a call, before the kernel acts
   * @param futexNumber the number of futex
   */
  static boolean isForever(CallView call, long futexNumber) {
    int operation = (int) call.argument(1) & OPERATION_MASK;
    return call.number() == futexNumber
        && (operation == WAIT || operation == WAIT_BITSET)
        && call.argument(3) == 0
        && call.readInt(call.argument(0)) == (int) call.argument(2);
  }
}
