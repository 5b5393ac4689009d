package io.thaw.app.ptrace;

import java.io.IOException;

/** The process ended before it became the program. */
public final class ProgramNotStartedException extends IOException {

  private static final long serialVersionUID = 1;

  ProgramNotStartedException(String program, Stop end) {
    super(program + ": could not be started (" + end + ")");
  }
}
