package io.thaw.app.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A simulator's run from its start to its end, while the program's output is passed on.
 *
 * @param command the simulator and its arguments
 * @param standardOutput gets what it writes there; empty if that goes to the messages
 */
record SimulatorRun(List<String> command, Optional<Path> standardOutput) {

  SimulatorRun {
    command = List.copyOf(command);
  }

  static SimulatorRun of(List<String> command) {
    return new SimulatorRun(command, Optional.empty());
  }

  SimulatorRun withStandardOutput(Path file) {
    return new SimulatorRun(command, Optional.of(file));
  }

  /**
   * Runs it.
   *
   * @param output gets what comes to the console's file
   * @throws IOException if that cannot be written
   */
  SimulatorProcess.End execute(RunOptions options, RunFiles files, OutputStream output)
      throws IOException, InterruptedException {
    OutputTail tail = OutputTail.start(files.console(), output);
    RunGuard guard = new RunGuard(files, tail);
    SimulatorProcess.End end;
    try {
      end =
          SimulatorProcess.run(
              command, standardOutput, files.messages(), options.timeout(), guard::reason);
    } finally {
      tail.finish();
    }
    if (tail.failure().isPresent()) {
      throw new IOException("cannot write the program's output", tail.failure().get());
    }
    return end;
  }
}
