package io.thaw.app.bench;

import io.thaw.app.run.RunResult;
import io.thaw.app.run.RunResultText;
import java.io.IOException;

/** A run that was to show something came to something else. */
public final class AnalysisFailedException extends IOException {

  private static final long serialVersionUID = 1;

  private final int exitStatus;

  /** What it came to. */
  public AnalysisFailedException(String what, RunResult result) {
    super(what + " came to: " + RunResultText.render(result));
    this.exitStatus = result.exitStatus();
  }

  /** That of the verdict; a good verdict at the wrong place is a bug of Thaw. */
  public int exitStatus() {
    return exitStatus == 0 ? 1 : exitStatus;
  }
}
