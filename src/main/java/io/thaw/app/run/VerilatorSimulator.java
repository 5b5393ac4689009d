package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.rtl.ModelBuildException;
import io.thaw.rtl.RocketModel;
import io.thaw.rtl.Tool;
import io.thaw.rtl.ToolsMissingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Models in RTL that Verilator made programs of: the Rocket core. It counts instructions and cycles
 * at no cost, so it always does.
 */
public final class VerilatorSimulator implements Simulator {

  private final Model model;

  /** Where the model is from. */
  @FunctionalInterface
  interface Model {
    /** Its program, built if it has to be. */
    Path program(Consumer<String> progress)
        throws ToolsMissingException, ModelBuildException, IOException, InterruptedException;
  }

  VerilatorSimulator(Model model) {
    this.model = model;
  }

  /** With the model of the user's cache. */
  static VerilatorSimulator cached() {
    return new VerilatorSimulator(RocketModel::program);
  }

  @Override
  public String name() {
    return "verilator";
  }

  @Override
  public Optional<Platform> platformFor(Architecture architecture) {
    return Platforms.byName(VerilatorMachine.PLATFORM)
        .filter(platform -> platform.architecture() == architecture);
  }

  @Override
  public Set<String> platforms() {
    return Set.of(VerilatorMachine.PLATFORM);
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.COUNT, Ability.LIMIT, Ability.TRACE, Ability.SEED);
  }

  @Override
  public void prepare(Consumer<String> progress)
      throws ToolMissingException, IOException, InterruptedException {
    program(progress);
  }

  @Override
  public RunResult run(Path image, Manifest manifest, RunOptions options, OutputStream output)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    if (options.memoryFile().isPresent()) {
      throw new IllegalArgumentException("the model's RAM is in no file");
    }
    ManifestCheck.check(image, manifest, this);
    Path program = program(line -> {});
    return new MachineRun(new VerilatorMachine(), options, /* counts= */ true)
        .run(output, (files, trace) -> command(program, image, options, files, trace));
  }

  /** The arguments of the model's {@code options.h}. */
  private static List<String> command(
      Path program, Path image, RunOptions options, RunFiles files, Optional<Path> trace) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.add("image=" + image.toAbsolutePath());
    command.add("console=" + files.console());
    command.add("report=" + files.report());
    command.add("result=" + files.pluginResult());
    trace.ifPresent(file -> command.add("trace=" + file.toAbsolutePath()));
    options.instructionLimit().ifPresent(limit -> command.add("limit=" + limit));
    options.machine().seed().ifPresent(seed -> command.add("seed=" + seed));
    return command;
  }

  private Path program(Consumer<String> progress)
      throws ToolMissingException, IOException, InterruptedException {
    try {
      return model.program(progress);
    } catch (ToolsMissingException e) {
      throw new ToolMissingException(
          "the model of the Rocket core has to be built first: " + e.getMessage(),
          "apt-get install -y "
              + e.tools().stream()
                  .map(Tool::aptPackage)
                  .distinct()
                  .collect(Collectors.joining(" ")));
    } catch (ModelBuildException e) {
      throw new ToolMissingException(
          "the model of the Rocket core cannot be built: " + e.getMessage(),
          "it takes Maven Central within reach, and 2 GiB of memory");
    }
  }
}
