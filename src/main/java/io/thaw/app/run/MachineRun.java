package io.thaw.app.run;

import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One run of a simulator's program, from its files to the verdict. */
final class MachineRun {

  private final Machine machine;
  private final RunOptions options;
  private final boolean counts;

  /**
   * A run that has not begun.
   *
   * @param counts whether the simulator is to leave what it counted
   */
  MachineRun(Machine machine, RunOptions options, boolean counts) {
    this.machine = machine;
    this.options = options;
    this.counts = counts;
  }

  /** What is to be started. */
  @FunctionalInterface
  interface CommandLine {
    /**
     * Program and arguments.
     *
     * @param files through which the run is seen
     * @param traceFile gets the trace, if one is wanted
     */
    List<String> of(RunFiles files, Optional<Path> traceFile)
        throws ToolMissingException, IOException;
  }

  /** Does it. The output gets what the program writes. */
  RunResult run(OutputStream output, CommandLine commandLine)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    Optional<TraceFile> trace =
        options.traceFile().isPresent()
            ? Optional.of(TraceFile.of(options.traceFile().get()))
            : Optional.empty();
    try (RunFiles files = RunFiles.create()) {
      List<String> command = commandLine.of(files, trace.map(TraceFile::aside));
      ReportSplitter splitter = new ReportSplitter(output);
      SimulatorProcess.End end =
          SimulatorRun.of(command)
              .execute(options, files, machine.reportsOnConsole() ? splitter : output);
      String report =
          machine.reportsOnConsole()
              ? splitter.finish()
              : RunFiles.head(files.report(), ReportParser.MAX_BYTES + 1);
      RunResult result = Judge.judge(machine, options, evidence(end, report, files));
      if (trace.isPresent() && result.verdict() != Verdict.SIMULATOR_FAILED) {
        trace.get().commit();
      }
      return result;
    } finally {
      if (trace.isPresent()) {
        trace.get().discard();
      }
    }
  }

  private Judge.Evidence evidence(SimulatorProcess.End end, String report, RunFiles files)
      throws IOException {
    return new Judge.Evidence(
        end,
        report,
        RunFiles.head(files.messages(), RunGuard.MOST_MESSAGE_BYTES),
        counts
            ? Optional.of(RunFiles.head(files.pluginResult(), ReportParser.MAX_BYTES))
            : Optional.empty());
  }
}
