package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * gem5 with Thaw's own scripts, which users may run without Thaw as well. Statistics are those of
 * the region: the scripts reset and dump them.
 */
public final class Gem5Simulator implements Simulator {

  /** Names a gem5 that is not on the {@code PATH}. */
  static final String VARIABLE = "THAW_GEM5";

  /** What helps where there is none. */
  public static final String REMEDY = "build gem5 v24.0 and set " + VARIABLE + " to its gem5.opt";

  private static final List<String> PROGRAMS = List.of("gem5.opt", "gem5.fast", "gem5");

  /** MinorCPU of x86-64 executes invalid micro-operations of wrong paths, which ends gem5. */
  private static final String MINOR = "minor";

  private static final List<String> PROCESSORS = List.of("atomic", "timing", MINOR, "o3");
  private static final String DEFAULT_PROCESSOR = "atomic";

  private final Optional<Path> chosen;
  private final List<Path> searchPath;

  private Gem5Simulator(Optional<Path> chosen, List<Path> searchPath) {
    this.chosen = chosen;
    this.searchPath = List.copyOf(searchPath);
  }

  /** The gem5 that the environment names, or that is installed. */
  public static Gem5Simulator installed() {
    return new Gem5Simulator(
        Optional.ofNullable(System.getenv(VARIABLE)).filter(name -> !name.isEmpty()).map(Path::of),
        Programs.searchPath());
  }

  static Gem5Simulator at(Path program) {
    return new Gem5Simulator(Optional.of(program), List.of());
  }

  @Override
  public String name() {
    return "gem5";
  }

  @Override
  public Optional<Platform> platformFor(Architecture architecture) {
    return Platforms.byName(
        switch (architecture) {
          case X86_64 -> "gem5-x86_64";
          case AARCH64 -> "gem5-aarch64";
          case RISCV64 -> "gem5-riscv64";
        });
  }

  @Override
  public Set<String> platforms() {
    return Set.of(
        "gem5-x86_64",
        "gem5-aarch64",
        "gem5-riscv64",
        "qemu-x86_64",
        "qemu-aarch64",
        "qemu-riscv64",
        "bochs");
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.MACHINE, Ability.PROCESSOR, Ability.CACHES);
  }

  @Override
  public RunResult run(Path image, Manifest manifest, RunOptions options, OutputStream output)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    Architecture architecture = ManifestCheck.check(image, manifest, this);
    String processor = processor(image, architecture, options);
    Gem5Variant variant =
        Variant.choose(image, architecture, Gem5Variant.values(), options.machine());
    Path gem5 = program();
    try (RunFiles files = RunFiles.create()) {
      Path results = files.folder().resolve("results.json");
      List<String> command =
          List.of(
              gem5.toString(),
              "--outdir=" + files.folder().resolve("m5out"),
              "--listener-mode=off",
              Gem5Scripts.write(files.folder(), architecture).toString(),
              image.toAbsolutePath().toString(),
              "--cpu",
              processor,
              "--console",
              files.console().toString(),
              "--results",
              results.toString());
      List<String> arguments = new ArrayList<>(command);
      arguments.addAll(variant.arguments());
      if (options.machine().caches()) {
        arguments.add("--caches");
      }
      if (architecture == Architecture.AARCH64) {
        arguments.add("--pmu");
      }
      ReportSplitter splitter = new ReportSplitter(output);
      SimulatorProcess.End end = SimulatorRun.of(arguments).execute(options, files, splitter);
      Gem5Machine machine = new Gem5Machine(architecture, Gem5Results.read(results));
      return Judge.judge(
              machine,
              options,
              new Judge.Evidence(
                  end,
                  splitter.finish(),
                  RunFiles.head(files.messages(), RunGuard.MOST_MESSAGE_BYTES),
                  Optional.empty()))
          .withRegion(machine.region());
    }
  }

  private static String processor(Path image, Architecture architecture, RunOptions options)
      throws InvalidInputException {
    String processor = options.machine().processor().orElse(DEFAULT_PROCESSOR);
    List<String> processors =
        PROCESSORS.stream()
            .filter(name -> architecture != Architecture.X86_64 || !name.equals(MINOR))
            .toList();
    if (!processors.contains(processor)) {
      throw new InvalidInputException(
          image.toString(), "--cpu", "'" + processor + "'", String.join(", ", processors));
    }
    return processor;
  }

  /** The gem5 that would run, if there is one. */
  public Optional<Path> found() {
    return chosen.isPresent()
        ? chosen.flatMap(Programs::atPath)
        : PROGRAMS.stream().flatMap(name -> Programs.find(name, searchPath).stream()).findFirst();
  }

  private Path program() throws ToolMissingException {
    return found()
        .orElseThrow(
            () ->
                new ToolMissingException(
                    chosen
                        .map(path -> VARIABLE + " is " + path + ", which is no program")
                        .orElse("gem5 is not on the PATH (" + String.join(", ", PROGRAMS) + ")"),
                    REMEDY));
  }
}
