package io.thaw.app.cli;

import io.thaw.app.demo.Demo;
import io.thaw.app.demo.DemoResult;
import io.thaw.app.run.QemuSimulator;
import io.thaw.app.run.ToolMissingException;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code thaw demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Links the bundled dumps of real processes, boots them in QEMU, and reports. Started as"
            + " ./thaw demo in the repository, it first installs what is missing if it may.")
final class DemoCommand implements Callable<Integer> {

  /** The repository; set by the launcher. */
  private static final String HOME_PROPERTY = "thaw.home";

  @ParentCommand private Main main;

  @Option(
      names = {"-d", "--outdir"},
      paramLabel = "DIR",
      description = "Where the images are left. Default: a temporary folder that is deleted.")
  private Path imageFolder;

  @Override
  public Integer call()
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    PrintStream out = main.terminal().out();
    Path dumps = Path.of(System.getProperty(HOME_PROPERTY, "."), "tests", "fixtures", "dumps");
    if (imageFolder != null) {
      Files.createDirectories(imageFolder);
      return status(new Demo(dumps, imageFolder, QemuSimulator.installed(), out).run());
    }
    Path temporary = Files.createTempDirectory("thaw-demo-");
    try {
      return status(new Demo(dumps, temporary, QemuSimulator.installed(), out).run());
    } finally {
      delete(temporary);
    }
  }

  /** The status of the first run that was not good. */
  private static int status(List<DemoResult> results) {
    return results.stream()
        .filter(result -> !result.good())
        .mapToInt(
            result ->
                result.run().exitStatus() == 0 ? ExitStatus.BAD_VERDICT : result.run().exitStatus())
        .findFirst()
        .orElse(ExitStatus.DONE);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
