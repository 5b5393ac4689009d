package io.thaw.app.ptrace;

/** Why a traced process stopped, or that it is no more. */
public sealed interface Stop {

  /** At the beginning or the end of a system call. */
  record AtCall() implements Stop {}

  /** A signal is about to be delivered. */
  record AtSignal(int signal) implements Stop {}

  /** It made a process or a thread. */
  record AtFork() implements Stop {}

  /** It has become another program, of which no instruction has run. */
  record AtExec() implements Stop {}

  /** It is about to end. */
  record AtExit() implements Stop {}

  /** It was stopped as a group (SIGSTOP and its like), or by the tracer's wish. */
  record InGroup(int signal) implements Stop {}

  /** It ended by itself. */
  record Exited(int status) implements Stop {}

  /** A signal killed it. */
  record Killed(int signal) implements Stop {}

  /** Whether there is no process any more. */
  default boolean isOver() {
    return this instanceof Exited || this instanceof Killed;
  }

  /** From a status of waitpid(2). */
  static Stop of(int status) {
    int low = status & 0x7f;
    if (low == 0) {
      return new Exited(status >> 8 & 0xff);
    }
    if (low != 0x7f) {
      return new Killed(low);
    }
    int signal = status >> 8 & 0xff;
    return switch (status >> 16) {
      case PtraceRequest.EVENT_FORK, PtraceRequest.EVENT_VFORK, PtraceRequest.EVENT_CLONE ->
          new AtFork();
      case PtraceRequest.EVENT_EXEC -> new AtExec();
      case PtraceRequest.EVENT_EXIT -> new AtExit();
      case PtraceRequest.EVENT_STOP -> new InGroup(signal);
      default -> signal == (Signals.SIGTRAP | 0x80) ? new AtCall() : new AtSignal(signal);
    };
  }
}
