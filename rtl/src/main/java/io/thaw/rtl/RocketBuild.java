package io.thaw.rtl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes a model by its recipe, in a folder of its own. */
final class RocketBuild {

  /** Lines of the log that are shown of a step that failed. */
  private static final int SHOWN_LINES = 12;

  private final Path folder;
  private final Programs programs;
  private final Consumer<String> progress;

  private RocketBuild(Path folder, Programs programs, Consumer<String> progress) {
    this.folder = folder;
    this.programs = programs;
    this.progress = progress;
  }

  /** Where what the steps say is kept. */
  static Path log(Path folder) {
    return folder.resolve("build.log");
  }

  /**
   * Builds.
   *
   * @param folder empty
   * @param progress told of each step
   * @return the program
   */
  static Path run(Path folder, Programs programs, Consumer<String> progress)
      throws ToolsMissingException, ModelBuildException, IOException, InterruptedException {
    List<Tool> missing = missing(programs);
    if (!missing.isEmpty()) {
      throw new ToolsMissingException(missing);
    }
    new RocketBuild(folder, programs, progress).build();
    return folder.resolve(RocketRecipe.PROGRAM);
  }

  static List<Tool> missing(Programs programs) {
    return RocketRecipe.TOOLS.stream()
        .filter(tool -> programs.find(tool.program()).isEmpty())
        .toList();
  }

  private void build() throws ModelBuildException, IOException, InterruptedException {
    ModelSources.unpackTo(folder);
    Path dtc = Files.createDirectory(folder.resolve("bin")).resolve("dtc");
    Files.copy(folder.resolve("dtc.sh"), dtc);
    if (!dtc.toFile().setExecutable(true)) {
      throw new IOException("cannot be made executable: " + dtc);
    }
    Files.createDirectory(folder.resolve("generated"));
    int number = 1;
    for (BuildStep step : RocketRecipe.GENERATE) {
      run(step, number++);
    }
    Files.writeString(
        folder.resolve(RocketRecipe.MEMORY_WRAPPERS),
        MemoryWrappers.verilog(
            Files.readAllLines(folder.resolve(RocketRecipe.MEMORIES)), RocketRecipe.RAM_BYTES));
    for (BuildStep step : RocketRecipe.COMPILE) {
      run(step, number++);
    }
  }

  private void run(BuildStep step, int number)
      throws ModelBuildException, IOException, InterruptedException {
    int steps = RocketRecipe.GENERATE.size() + RocketRecipe.COMPILE.size();
    progress.accept(String.format("%d/%d %s", number, steps, step.name()));
    List<String> command = new ArrayList<>(step.command());
    command.set(0, programs.find(step.program()).orElseThrow().toString());
    Optional<Integer> status =
        ChildProcess.run(command, folder, environment(), log(folder), step.limit());
    if (status.isEmpty()) {
      throw failed(step, "did not end within " + step.limit().toMinutes() + " minutes");
    }
    if (status.get() != 0) {
      throw failed(step, "ended with status " + status.get());
    }
    if (Files.notExists(folder.resolve(step.makes()))) {
      throw failed(step, "did not make " + step.makes());
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("LC_ALL", "C");
    environment.put("MAKEFLAGS", "-j" + Runtime.getRuntime().availableProcessors());
    String path = System.getenv("PATH");
    environment.put("PATH", folder.resolve("bin") + (path == null ? "" : ":" + path));
    return environment;
  }

  private ModelBuildException failed(BuildStep step, String how) throws IOException {
    List<String> lines =
        List.of(
            new String(Files.readAllBytes(log(folder)), StandardCharsets.ISO_8859_1)
                .replaceAll("[^\\n\\x20-\\x7e]", "")
                .split("\n", -1));
    return new ModelBuildException(
        String.format(
            "%s: %s %s (all it said: %s)\n%s",
            step.name(),
            step.program(),
            how,
            log(folder),
            String.join(
                "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()))));
  }
}
