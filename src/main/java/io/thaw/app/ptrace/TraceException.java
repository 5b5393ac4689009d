package io.thaw.app.ptrace;

import java.io.IOException;

/** A request on a traced process failed: it is gone, or may not be traced. */
public final class TraceException extends IOException {

  private static final long serialVersionUID = 1;

  private final int errorNumber;

  TraceException(String what, int errorNumber) {
    super(what + ": error " + errorNumber);
    this.errorNumber = errorNumber;
  }

  /** The number of {@code <errno.h>}. */
  public int errorNumber() {
    return errorNumber;
  }
}
