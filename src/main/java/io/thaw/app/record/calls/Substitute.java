package io.thaw.app.record.calls;

import java.util.List;

/** What the kernel is asked for instead of the call that the program makes. */
public sealed interface Substitute {

  /**
   * Another call, or the same one with other arguments.
   *
   * @param number of the call that is made
   * @param arguments the first arguments; those behind them stay as the program passed them
   */
  record Call(long number, List<Long> arguments) implements Substitute {

    public Call {
      arguments = List.copyOf(arguments);
    }

    public long[] toArray() {
      return arguments.stream().mapToLong(Long::longValue).toArray();
    }
  }

  /** No call at all: the program is told ENOSYS, as by a kernel that does not have the call. */
  record NoCall() implements Substitute {}
}
