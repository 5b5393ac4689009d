package io.thaw.app.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The simulator as a process, which ends with us whatever happens. */
final class SimulatorProcess {

  private static final long POLL_MILLISECONDS = 50;
  private static final long GRACE_MILLISECONDS = 2000;

  /** How it ended. */
  sealed interface End {
    /** By itself; a signal N shows as status 128 + N. */
    record Exited(int status) implements End {}

    /** The time was up. */
    record TimedOut() implements End {}

    /** The guard had a reason. */
    record Stopped(String reason) implements End {}
  }

  private SimulatorProcess() {}

  /**
   * Starts a program and waits for its end.
   *
   * @param standardOutput gets what it writes to stdout; empty if that is the messages
   * @param messages gets what it writes to stderr
   * @param guard asked again and again for a reason to end the program early
   */
  static End run(
      List<String> command,
      Optional<Path> standardOutput,
      Path messages,
      Optional<Duration> timeout,
      Supplier<Optional<String>> guard)
      throws InterruptedException {
    Process process;
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
      if (standardOutput.isPresent()) {
        builder.redirectOutput(standardOutput.get().toFile()).redirectError(messages.toFile());
      } else {
        builder.redirectErrorStream(true).redirectOutput(messages.toFile());
      }
      process = builder.start();
    } catch (IOException e) {
      return new End.Stopped(e.getMessage());
    }
    AtShutdown atShutdown = new AtShutdown(() -> killTree(process));
    try {
      return await(process, timeout, guard);
    } finally {
      killTree(process);
      atShutdown.forget();
    }
  }

  private static End await(
      Process process, Optional<Duration> timeout, Supplier<Optional<String>> guard)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      if (timeout.isPresent() && elapsed.compareTo(timeout.get()) >= 0) {
        endPolitely(process);
        return new End.TimedOut();
      }
      Optional<String> reason = guard.get();
      if (reason.isPresent()) {
        return new End.Stopped(reason.get());
      }
    }
    return new End.Exited(process.exitValue());
  }

  /** Gives QEMU the time to end in order: the plugin then tells how far the run came. */
  private static void endPolitely(Process process) throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(GRACE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
      killTree(process);
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private static void killTree(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
