package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.stubs.CompiledStubs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** QEMU's system emulators, with Thaw's TCG plugin where instructions matter. */
public final class QemuSimulator implements Simulator {

  /** Where programs are looked for. */
  private final List<Path> searchPath;

  private QemuSimulator(List<Path> searchPath) {
    this.searchPath = List.copyOf(searchPath);
  }

  /** The QEMU that is installed. */
  public static QemuSimulator installed() {
    return new QemuSimulator(Programs.searchPath());
  }

  static QemuSimulator in(Path folder) {
    return new QemuSimulator(List.of(folder));
  }

  @Override
  public String name() {
    return "qemu";
  }

  @Override
  public List<String> platforms() {
    return QemuMachine.platformNames();
  }

  @Override
  public Optional<String> platformFor(Architecture architecture) {
    return Optional.of(Platforms.defaultFor(architecture).name());
  }

  @Override
  public RunResult run(Path image, Manifest manifest, RunOptions options, OutputStream output)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    QemuMachine machine = ManifestCheck.machine(image, manifest);
    Path program = program(machine);
    Optional<TraceFile> trace =
        options.traceFile().isPresent()
            ? Optional.of(TraceFile.of(options.traceFile().get()))
            : Optional.empty();
    try (RunFiles files = RunFiles.create()) {
      List<String> command =
          new ArrayList<>(
              QemuCommand.of(program, machine, image, manifest, options.memoryFile(), files));
      if (options.needsPlugin()) {
        Files.write(files.plugin(), CompiledStubs.tcgPlugin(hostArchitecture()));
        command.addAll(
            QemuCommand.plugin(machine, manifest, files, options, trace.map(TraceFile::aside)));
      }
      ReportSplitter splitter = new ReportSplitter(output);
      SimulatorProcess.End end =
          execute(command, options, files, machine.reportsOnConsole() ? splitter : output);
      String report =
          machine.reportsOnConsole()
              ? splitter.finish()
              : RunFiles.head(files.report(), ReportParser.MAX_BYTES + 1);
      RunResult result = Judge.judge(machine, options, evidence(end, report, options, files));
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

  /**
   * How RAM lies in the memory file of a run of an image.
   *
   * @throws InvalidInputException if no machine has the manifest's platform
   */
  public static List<RamFileRange> ramFileRanges(Path image, Manifest manifest)
      throws InvalidInputException {
    return ManifestCheck.machine(image, manifest).ramFileRanges(manifest);
  }

  private static SimulatorProcess.End execute(
      List<String> command, RunOptions options, RunFiles files, OutputStream output)
      throws IOException, InterruptedException {
    OutputTail tail = OutputTail.start(files.console(), output);
    RunGuard guard = new RunGuard(files, tail);
    SimulatorProcess.End end;
    try {
      end = SimulatorProcess.run(command, files.messages(), options.timeout(), guard::reason);
    } finally {
      tail.finish();
    }
    if (tail.failure().isPresent()) {
      throw new IOException("cannot write the program's output", tail.failure().get());
    }
    return end;
  }

  private static Judge.Evidence evidence(
      SimulatorProcess.End end, String report, RunOptions options, RunFiles files)
      throws IOException {
    return new Judge.Evidence(
        end,
        report,
        RunFiles.head(files.messages(), RunGuard.MOST_MESSAGE_BYTES),
        options.needsPlugin()
            ? Optional.of(RunFiles.head(files.pluginResult(), ReportParser.MAX_BYTES))
            : Optional.empty());
  }

  private Path program(QemuMachine machine) throws ToolMissingException {
    return Programs.find(machine.program(), searchPath)
        .orElseThrow(
            () ->
                new ToolMissingException(
                    machine.program() + " is not on the PATH",
                    "apt-get install -y " + machine.aptPackage()));
  }

  private static String hostArchitecture() throws ToolMissingException {
    String name = System.getProperty("os.arch");
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64" -> "aarch64";
      default ->
          throw new ToolMissingException(
              "there is no instruction counter for hosts of architecture " + name,
              "run without --count, --trace and --instructions");
    };
  }
}
