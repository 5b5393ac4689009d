package io.thaw.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a started program wrote and ended with.
 *
 * @param status exit status
 * @param out its stdout
 * @param err its stderr
 */
record CommandLineRun(int status, String out, String err) {

  /** The launcher; tests run in the folder of their module. */
  static final Path LAUNCHER = Path.of("..", "thaw").toAbsolutePath().normalize();

  private static final long PATIENCE_MINUTES = 10;

  /** Starts the launcher with what Maven has built. */
  static CommandLineRun thaw(String... args) throws IOException, InterruptedException {
    return of(LAUNCHER, Path.of("."), Map.of(), args);
  }

  /** Starts {@code program} in {@code folder}; it must not build anything. */
  static CommandLineRun of(
      Path program, Path folder, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("thaw-test-", ".out");
    Path err = Files.createTempFile("thaw-test-", ".err");
    try {
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(List.of(args));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("THAW_NO_BUILD", "1");
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("no end of " + command);
      }
      return new CommandLineRun(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** A folder of links to what every system has, and not to Java, Maven or QEMU. */
  static Path linkTools(Path tools, List<String> names) throws IOException {
    Files.createDirectory(tools);
    for (String name : names) {
      Path found =
          Stream.of("/usr/bin", "/bin")
              .map(place -> Path.of(place, name))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(tools.resolve(name), found);
    }
    return tools;
  }
}
