package io.thaw.rtl;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program with a time limit, which ends with us whatever happens. */
final class ChildProcess {

  private ChildProcess() {}

  /**
   * Runs a program to its end.
   *
   * @param log gets what it writes, at its end
   * @return its exit status (128 + N for a signal N), or empty if the time was up
   * @throws IOException if it cannot be started
   */
  static Optional<Integer> run(
      List<String> command, Path folder, Map<String, String> environment, Path log, Duration limit)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    Thread atShutdown = new Thread(() -> killTree(process), "at shutdown");
    Runtime.getRuntime().addShutdownHook(atShutdown);
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
          ? Optional.of(process.exitValue())
          : Optional.empty();
    } finally {
      killTree(process);
      forget(atShutdown);
    }
  }

  private static void killTree(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The virtual machine is ending: the hook runs.
    }
  }
}
