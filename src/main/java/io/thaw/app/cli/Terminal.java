package io.thaw.app.cli;

import io.thaw.app.progress.TerminalProgress;
import io.thaw.app.run.ToolMissingException;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.progress.Progress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err everything else
 * @param interactive whether {@code err} is a terminal that can draw over a line
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {

  /** Set by the launcher: Java cannot ask whether stderr alone is a terminal. */
  private static final String INTERACTIVE_PROPERTY = "thaw.stderr.terminal";

  /** The process's own streams, in UTF-8. */
  static Terminal ofProcess() {
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        Boolean.getBoolean(INTERACTIVE_PROPERTY) && !"dumb".equals(System.getenv("TERM")));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new FileOutputStream(descriptor), /* autoFlush= */ true, StandardCharsets.UTF_8);
  }

  /** Work whose progress can be told. */
  @FunctionalInterface
  interface Work<T> {
    T run(Progress progress)
        throws InvalidInputException, ToolMissingException, IOException, InterruptedException;
  }

  /** Does {@code work}, drawing its progress if someone is watching. */
  <T> T withProgress(Work<T> work)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    if (!interactive) {
      return work.run(Progress.NONE);
    }
    try (TerminalProgress progress = new TerminalProgress(err)) {
      return work.run(progress);
    }
  }
}
