package io.thaw.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thaw.linker.model.ByteBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the {@code thaw} command in a process of its own, as a user would. */
final class Thaw {

  private static final int TIME_LIMIT_MINUTES = 10;

  /**
   * What came of a command.
   *
   * @param status exit status
   * @param output bytes of standard output
   * @param stderr text of standard error
   */
  record Result(int status, ByteBlock output, String stderr) {

    byte[] stdout() {
      return output.toArray();
    }

    String stdoutText() {
      return new String(stdout(), StandardCharsets.UTF_8);
    }

    /** The JSON object that {@code --json} prints on standard error. */
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(stderr.substring(stderr.indexOf('{')));
    }

    @Override
    public String toString() {
      return "status " + status + ", stderr: " + stderr;
    }
  }

  private Thaw() {}

  static Result run(Object... arguments) throws IOException, InterruptedException {
    return runWith(Map.of(), arguments);
  }

  /** The same with some variables of the environment changed. */
  static Result runWith(Map<String, String> environment, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.thaw.app.cli.Main");
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Path stdout = Files.createTempFile("thaw", ".stdout");
    Path stderr = Files.createTempFile("thaw", ".stderr");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(TIME_LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("no end after " + TIME_LIMIT_MINUTES + " minutes: " + command);
      }
      return new Result(
          process.exitValue(),
          ByteBlock.copyOf(Files.readAllBytes(stdout)),
          Files.readString(stderr));
    } finally {
      Files.delete(stdout);
      Files.delete(stderr);
    }
  }
}
