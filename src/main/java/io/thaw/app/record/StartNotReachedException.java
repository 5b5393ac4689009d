package io.thaw.app.record;

import io.thaw.app.ptrace.Stop;
import java.io.IOException;

/** The program ended before the place where its recording was to begin. */
final class StartNotReachedException extends IOException {

  private static final long serialVersionUID = 1;

  StartNotReachedException(Stop end) {
    super("the program ended before the recording was to begin: " + end);
  }
}
