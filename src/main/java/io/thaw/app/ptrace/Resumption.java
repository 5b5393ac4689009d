package io.thaw.app.ptrace;

/** How far a stopped process runs on. */
public enum Resumption {
  /** To the next signal or event. */
  CONTINUE(PtraceRequest.CONT),
  /** To the beginning or end of a system call as well. */
  TO_CALL(PtraceRequest.SYSCALL),
  /** One instruction, or to the first one of a signal's handler. */
  STEP(PtraceRequest.SINGLESTEP),
  /** Not at all: it stays stopped with its group, until that goes on. */
  LISTEN(PtraceRequest.LISTEN);

  final int request;

  Resumption(int request) {
    this.request = request;
  }
}
