package io.thaw.app.record;

import io.thaw.app.ptrace.Stop;

/**
 * Why a recording ends, and where the process is then.
 *
 * @param reason in words
 * @param state where it stands
 * @param signal the signal that kills it, for {@link State#AT_SIGNAL}; else 0
 */
record RecordingEnd(String reason, State state, int signal) {

  /** Where a process stands at the end of its recording. */
  enum State {
    /** At the beginning of a call that has not been made. */
    BEFORE_CALL,
    /** At the beginning of exit. */
    BEFORE_EXIT,
    /** Between two instructions of the program. */
    IN_PROGRAM,
    /** A signal is about to kill it. */
    AT_SIGNAL,
    /** There is no process any more. */
    OVER
  }

  static RecordingEnd exit() {
    return new RecordingEnd("exit", State.BEFORE_EXIT, 0);
  }

  static RecordingEnd beforeCall(String reason) {
    return new RecordingEnd(reason, State.BEFORE_CALL, 0);
  }

  static RecordingEnd inProgram(String reason) {
    return new RecordingEnd(reason, State.IN_PROGRAM, 0);
  }

  static RecordingEnd fatal(int signal) {
    return new RecordingEnd("signal " + signal + " of the program's own", State.AT_SIGNAL, signal);
  }

  static RecordingEnd over(Stop stop) {
    String reason =
        stop instanceof Stop.Killed killed ? "killed by signal " + killed.signal() : "ended";
    return new RecordingEnd(reason, State.OVER, 0);
  }
}
