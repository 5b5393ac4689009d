package io.thaw.app.cli;

import io.thaw.app.bench.AnalysisFailedException;
import io.thaw.app.run.ToolMissingException;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What a command that failed says, and what it ends with. */
final class Failures {

  private Failures() {}

  static int report(Exception e, PrintStream err) {
    if (e instanceof InvalidInputException invalid) {
      for (Problem problem : invalid.problems()) {
        err.println("error: " + problem);
      }
      return ExitStatus.INVALID_INPUT;
    }
    if (e instanceof ToolMissingException missing) {
      err.println("error: " + missing.getMessage());
      err.println("hint: " + missing.remedy());
      return ExitStatus.MISSING;
    }
    if (e instanceof AnalysisFailedException failed) {
      err.println("error: " + failed.getMessage());
      return failed.exitStatus();
    }
    if (e instanceof IOException io) {
      err.println("error: " + message(io));
      return ExitStatus.MISSING;
    }
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return bug(e, err);
  }

  /** The file system's exceptions often say no more than the file's name. */
  private static String message(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file or folder";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    String what = e.getMessage() == null ? e.toString() : e.getMessage();
    return e.getCause() == null ? what : what + ": " + e.getCause().getMessage();
  }

  /** Whatever else came out of a command. */
  static int bug(Throwable e, PrintStream err) {
    if (e instanceof OutOfMemoryError) {
      err.println("error: Java's memory is exhausted (" + e.getMessage() + ")");
      err.println("hint: set THAW_JAVA_OPTIONS=-Xmx4g, or more");
      return ExitStatus.MISSING;
    }
    err.println("error: this is a bug in Thaw, please report it with what follows");
    e.printStackTrace(err);
    return ExitStatus.BUG;
  }
}
