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
    if (options.seed().isPresent()) {
      throw new InvalidInputException(
          image.toString(),
          "seed",
          Integer.toString(options.seed().getAsInt()),
          "none: QEMU's machines have the same state each time their power comes on");
    }
    QemuMachine machine = ManifestCheck.machine(image, manifest);
    Path program = program(machine);
    return new MachineRun(machine, options, options.needsPlugin())
        .run(
            output,
            (files, trace) -> command(program, machine, image, manifest, options, files, trace));
  }

  private static List<String> command(
      Path program,
      QemuMachine machine,
      Path image,
      Manifest manifest,
      RunOptions options,
      RunFiles files,
      Optional<Path> trace)
      throws ToolMissingException, IOException {
    List<String> command =
        new ArrayList<>(
            QemuCommand.of(program, machine, image, manifest, options.memoryFile(), files));
    if (options.needsPlugin()) {
      Files.write(files.plugin(), CompiledStubs.tcgPlugin(hostArchitecture()));
      command.addAll(QemuCommand.plugin(machine, manifest, files, options, trace));
    }
    return command;
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
