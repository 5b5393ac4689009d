package io.thaw.app.record;

import io.thaw.app.ptrace.HeldSignal;
import io.thaw.app.ptrace.Resumption;
import io.thaw.app.ptrace.Signals;
import io.thaw.app.ptrace.Stop;
import io.thaw.app.ptrace.Tracee;
import io.thaw.app.ptrace.UserRegisters;
import io.thaw.app.run.Programs;
import io.thaw.app.run.ToolMissingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code criu dump}. CRIU traces what it dumps, and a process has one tracer: it is let go for that
 * time, stopped with its group, and taken back.
 */
final class CriuDump {

  /** Where Debian has it, which is not on every user's {@code PATH}. */
  private static final Path USUAL_PLACE = Path.of("/usr/sbin/criu");

  private static final int SHOWN_LINES = 3;
  private static final int MOST_POLLS = 10_000;

  private final Path criu;
  private final Tracee tracee;
  private final SignalWatch signals;

  /** {@code signals} gets those that come meanwhile. */
  CriuDump(Path criu, Tracee tracee, SignalWatch signals) {
    this.criu = criu;
    this.tracee = tracee;
    this.signals = signals;
  }

  /** CRIU on this machine. */
  static Path find() throws ToolMissingException {
    return Programs.find("criu")
        .or(() -> Optional.of(USUAL_PLACE).filter(Files::isExecutable))
        .orElseThrow(
            () ->
                new ToolMissingException(
                    "criu is not on the PATH",
                    "apt-get install -y criu, or use --dumper builtin, which needs nothing"));
  }

  /**
   * Writes the images of the process, which stands where it stood before; also after a failure.
   *
   * @throws IOException if CRIU cannot dump it, with what CRIU says
   */
  void dump(Path images) throws IOException {
    if ((tracee.blockedSignals() >>> (Signals.SIGCONT - 1) & 1) != 0) {
      throw new IOException(
          "process "
              + tracee.pid()
              + " blocks SIGCONT, by which it is taken back from criu; use"
              + " --dumper builtin");
    }
    UserRegisters before = tracee.registers();
    tracee.leaveStopped();
    try {
      awaitStopped();
      run(images);
      awaitStopped();
    } finally {
      takeBack();
    }
    if (!tracee.registers().equals(before)) {
      throw new IOException("criu dump changed registers of process " + tracee.pid());
    }
  }

  private void run(Path images) throws IOException {
    Files.createDirectories(images);
    Process process =
        new ProcessBuilder(
                criu.toString(),
                "dump",
                "--tree",
                Integer.toString(tracee.pid()),
                "--images-dir",
                images.toString(),
                "--leave-stopped",
                "--shell-job",
                "--ext-unix-sk",
                "--file-locks")
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException("criu dump ended with status " + status + lastErrors(said));
    }
  }

  private static String lastErrors(String said) {
    List<String> errors = said.lines().filter(line -> line.contains("Error")).toList();
    List<String> lines = errors.isEmpty() ? said.lines().toList() : errors;
    StringBuilder text = new StringBuilder();
    for (String line : lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())) {
      text.append("\n  ").append(line.strip());
    }
    return text.append("\n--dumper builtin does without criu").toString();
  }

  private void awaitStopped() throws IOException {
    Path status = Path.of("/proc/" + tracee.pid() + "/status");
    for (int i = 0; i < MOST_POLLS; i++) {
      if (Files.readString(status).contains("State:\tT")) {
        return;
      }
      pause();
    }
    throw new IOException("process " + tracee.pid() + " does not stop");
  }

  private static void pause() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Traces it again and ends the stop. SIGCONT, which does that, is reported before an instruction
   * is executed, and goes no further.
   */
  private void takeBack() throws IOException {
    tracee.seize();
    Stop stop = tracee.await();
    tracee.kill(Signals.SIGCONT);
    while (!stop.equals(new Stop.AtSignal(Signals.SIGCONT))) {
      if (stop.isOver()) {
        throw new IOException("process " + tracee.pid() + " ended while it was dumped");
      }
      if (stop instanceof Stop.AtSignal signal) {
        signals.hold(new HeldSignal(signal.signal(), tracee.signalInformation()));
      }
      tracee.resume(Resumption.CONTINUE, 0);
      stop = tracee.await();
    }
  }
}
