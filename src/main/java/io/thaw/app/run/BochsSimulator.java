package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Bochs, which boots no ELF: GRUB does, from an ISO that is made for the run. The report comes on
 * its standard output among other text, the program's output on a serial port.
 */
public final class BochsSimulator implements Simulator {

  private static final String PROGRAM = "bochs";
  private static final List<String> PACKAGES = List.of("bochs", "bochsbios", "vgabios");
  private static final String REPORT_BEGIN = "thaw-report\n";
  private static final String REPORT_END = "\nend\n";

  /** What Bochs 2.7 says when the exit port was written to (iodev/unmapped.cc). */
  private static final String SHUTDOWN = "Shutdown port: shutdown requested";

  private final List<Path> searchPath;

  private BochsSimulator(List<Path> searchPath) {
    this.searchPath = List.copyOf(searchPath);
  }

  /** The Bochs that is installed. */
  public static BochsSimulator installed() {
    return new BochsSimulator(Programs.searchPath());
  }

  static BochsSimulator in(Path folder) {
    return new BochsSimulator(List.of(folder));
  }

  /** Debian's packages that a run takes and that are not installed. */
  public List<String> missingPackages() {
    List<String> missing = new ArrayList<>(GrubIso.in(searchPath).missingPackages());
    if (program().isEmpty()) {
      missing.addAll(PACKAGES);
    }
    return missing;
  }

  /** The program, if it is installed. */
  public Optional<Path> program() {
    return Programs.find(PROGRAM, searchPath);
  }

  @Override
  public String name() {
    return "bochs";
  }

  @Override
  public Optional<Platform> platformFor(Architecture architecture) {
    return architecture == Architecture.X86_64 ? Platforms.byName("bochs") : Optional.empty();
  }

  @Override
  public Set<String> platforms() {
    return Set.of("bochs", "qemu-x86_64", "gem5-x86_64");
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of();
  }

  @Override
  public RunResult run(Path image, Manifest manifest, RunOptions options, OutputStream output)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    ManifestCheck.check(image, manifest, this);
    Path bochs =
        program()
            .orElseThrow(
                () ->
                    new ToolMissingException(
                        PROGRAM + " is not on the PATH",
                        "apt-get install -y " + String.join(" ", PACKAGES)));
    try (RunFiles files = RunFiles.create()) {
      GrubIso.in(searchPath).make(image, files.folder().resolve("boot.iso"));
      Path configuration = files.folder().resolve("bochsrc");
      Files.writeString(configuration, BochsConfiguration.text(files, manifest.ramEndPaddr()));
      Path commands = files.folder().resolve("commands");
      Files.writeString(commands, "continue\n");
      List<String> command =
          List.of(
              bochs.toString(), "-q", "-f", configuration.toString(), "-rc", commands.toString());
      SimulatorRun run = SimulatorRun.of(command).withStandardOutput(files.standardOutput());
      SimulatorProcess.End end = run.execute(options, files, output);
      return Judge.judge(
          new Bochs(),
          options,
          new Judge.Evidence(
              end,
              report(RunFiles.head(files.standardOutput(), RunGuard.MOST_MESSAGE_BYTES)),
              RunFiles.head(files.messages(), RunGuard.MOST_MESSAGE_BYTES),
              Optional.empty()));
    }
  }

  /** From a report's first line to its last, or empty; whether it is one, its parser says. */
  private static String report(String output) {
    int begin = output.indexOf(REPORT_BEGIN);
    int end = begin < 0 ? -1 : output.indexOf(REPORT_END, begin);
    return end < 0 ? "" : output.substring(begin, end + REPORT_END.length());
  }

  /** Its exit status is 1 however it ends: its last words tell. */
  private record Bochs() implements Machine {

    @Override
    public Architecture architecture() {
      return Architecture.X86_64;
    }

    @Override
    public String program() {
      return PROGRAM;
    }

    @Override
    public boolean confirms(Verdict verdict, int exitStatus, String messages) {
      return messages.contains(SHUTDOWN);
    }
  }
}
