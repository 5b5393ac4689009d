package io.thaw.app.cli;

import io.thaw.app.link.RunnableImage;
import io.thaw.app.run.DifferenceText;
import io.thaw.app.run.MachineOptions;
import io.thaw.app.run.RunOptions;
import io.thaw.app.run.RunResult;
import io.thaw.app.run.RunResultJson;
import io.thaw.app.run.RunResultText;
import io.thaw.app.run.Simulator;
import io.thaw.app.run.Simulators;
import io.thaw.app.run.ToolMissingException;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code thaw run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Runs an image in a simulator. The program's output goes to stdout byte for byte, the verdict to"
            + " stderr.")
final class RunCommand implements Callable<Integer> {

  @ParentCommand private Main main;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGE|REC|DUMP",
      description = "What 'thaw link' wrote; a recording or a dump is linked for the occasion.")
  private Path image;

  @Option(
      names = "--on",
      paramLabel = "SIMULATOR",
      converter = Converters.SimulatorByName.class,
      completionCandidates = SimulatorNames.class,
      description =
          "What runs it: ${COMPLETION-CANDIDATES}, or the platform that one of them is. Default: by"
              + " the image's platform.")
  private Simulator simulator;

  @Option(
      names = "--timeout",
      paramLabel = "T",
      converter = Converters.Timeout.class,
      description = "Ends the run after this time (90, 1.5s, 500ms, 10m, 2h) with status 124.")
  private Duration timeout;

  @Option(
      names = "--instructions",
      paramLabel = "N",
      converter = Converters.Count.class,
      description = "Ends the run after N user instructions with verdict 'stopped', status 0.")
  private Long instructionLimit;

  @Option(names = "--count", description = "Counts instructions: restore path, user, stub.")
  private boolean count;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Writes the address of every user instruction, 64 bits little-endian each.")
  private Path trace;

  @Option(
      names = "--machine",
      paramLabel = "NAME",
      description =
          "Another machine. QEMU: q35 or pc instead of microvm; virt-el2 or virt-el3 instead of virt."
              + " gem5: vexpress-el2 or vexpress-el1 instead of vexpress.")
  private String machine;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Converters.Seed.class,
      description =
          "On a model in RTL: the power comes on in a random state, another one for each N. Default: all"
              + " zero.")
  private Integer seed;

  @Option(
      names = "--cpu",
      paramLabel = "MODEL",
      description = "gem5: atomic, timing, minor (not on x86-64) or o3. Default: atomic.")
  private String processor;

  @Option(names = "--caches", description = "gem5: two levels of caches.")
  private boolean caches;

  @Option(names = "--json", description = "Gives the verdict, on stderr, as one JSON object.")
  private boolean json;

  @Override
  public Integer call()
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    RunOptions options =
        new RunOptions(
            Optional.ofNullable(timeout),
            instructionLimit == null ? OptionalLong.empty() : OptionalLong.of(instructionLimit),
            count,
            Optional.ofNullable(trace),
            new MachineOptions(
                Optional.ofNullable(machine),
                seed == null ? OptionalInt.empty() : OptionalInt.of(seed),
                Optional.ofNullable(processor),
                caches));
    return run(options);
  }

  private int run(RunOptions options)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    if (simulator != null) {
      checkAbilities(options);
    }
    try (RunnableImage runnable =
        main.terminal()
            .withProgress(progress -> RunnableImage.open(image, this::platformFor, progress))) {
      Manifest manifest = runnable.description().manifest();
      Simulator chosen =
          simulator != null
              ? simulator
              : Simulators.forImage(runnable.path(), manifest, options.abilities());
      chosen.prepare(json ? line -> {} : main.terminal().err()::println);
      RunResult result =
          chosen.run(runnable.path(), manifest, options, new CheckedOutput(main.terminal().out()));
      if (json) {
        main.terminal().err().println(RunResultJson.render(result));
      } else {
        main.terminal().err().println(RunResultText.render(result));
        main.terminal().err().print(DifferenceText.render(result, runnable.recording()));
      }
      return result.exitStatus();
    }
  }

  private void checkAbilities(RunOptions options) {
    for (Simulator.Ability asked : options.abilities()) {
      if (!simulator.abilities().contains(asked)) {
        throw new ParameterException(
            spec.commandLine(), asked.option() + " is not possible on " + simulator.name());
      }
    }
  }

  /** What to link a dump or a recording for. */
  private Platform platformFor(Architecture architecture) {
    return simulator == null
        ? Platforms.defaultFor(architecture)
        : simulator.platformFor(architecture).orElseGet(() -> Platforms.defaultFor(architecture));
  }
}
