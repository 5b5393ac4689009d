package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.platform.Platform;
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
import java.util.Set;

/** QEMU's system emulators, with Thaw's TCG plugin where instructions matter. */
public final class QemuSimulator implements Simulator {

  private static final Set<String> PLATFORMS =
      Set.of(
          "qemu-x86_64",
          "bochs",
          "gem5-x86_64",
          "qemu-aarch64",
          "gem5-aarch64",
          "qemu-riscv64",
          "gem5-riscv64");

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
  public Optional<Platform> platformFor(Architecture architecture) {
    return Optional.of(Platforms.defaultFor(architecture));
  }

  @Override
  public Set<String> platforms() {
    return PLATFORMS;
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.COUNT, Ability.LIMIT, Ability.TRACE, Ability.MACHINE);
  }

  @Override
  public RunResult run(Path image, Manifest manifest, RunOptions options, OutputStream output)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    QemuMachine machine = QemuMachine.of(ManifestCheck.check(image, manifest, this));
    QemuVariant variant =
        Variant.choose(image, machine.architecture(), QemuVariant.values(), options.machine());
    Path program = program(machine);
    return new MachineRun(machine, options, options.needsPlugin())
        .run(
            output,
            (files, trace) -> {
              List<String> command =
                  new ArrayList<>(
                      QemuCommand.of(
                          program, machine, variant, image, manifest, options.memoryFile(), files));
              if (options.needsPlugin()) {
                Files.write(files.plugin(), CompiledStubs.tcgPlugin(hostArchitecture()));
                command.addAll(QemuCommand.plugin(machine, manifest, files, options, trace));
              }
              return command;
            });
  }

  /**
   * How RAM lies in the memory file of a run of an image.
   *
   * @throws InvalidInputException if QEMU does not run it
   */
  public List<RamFileRange> ramFileRanges(Path image, Manifest manifest)
      throws InvalidInputException {
    return QemuMachine.of(ManifestCheck.check(image, manifest, this)).ramFileRanges(manifest);
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
