package io.thaw.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command wrote and ended with.
 *
 * @param status exit status
 * @param out its stdout
 * @param err its stderr
 */
record CommandRun(int status, String out, String err) {

  /** Runs {@code thaw} with {@code args} in this process, not on a terminal. */
  static CommandRun of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Main.run(new Terminal(stream(out), stream(err), /* interactive= */ false), args);
    return new CommandRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, /* autoFlush= */ true, StandardCharsets.UTF_8);
  }
}
