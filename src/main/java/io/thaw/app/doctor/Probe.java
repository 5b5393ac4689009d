package io.thaw.app.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a program something, and does not wait for ever. */
final class Probe {

  private static final long PATIENCE_SECONDS = 20;

  private static final int MOST_BYTES = 1 << 20;

  private Probe() {}

  /** What the command wrote, if it ended in time with status 0. */
  static Optional<String> output(List<String> command) throws InterruptedException {
    try {
      Path file = Files.createTempFile("thaw-probe-", ".txt");
      try {
        return outputTo(file, command);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> outputTo(Path file, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(file.toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return Optional.empty();
    }
    if (process.exitValue() != 0 || Files.size(file) > MOST_BYTES) {
      return Optional.empty();
    }
    return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
  }
}
