package io.thaw.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.problem.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QemuSimulatorTest {

  private static final Path IMAGE = Path.of("image.elf");
  private static final long RAM_END = 0x1000000;

  @TempDir private Path folder;
  private ByteArrayOutputStream output;

  @BeforeEach
  void emptyOutput() {
    output = new ByteArrayOutputStream();
  }

  private RunResult run(RunOptions options, String script) throws Exception {
    FakeQemu.install(folder, script);
    return QemuSimulator.in(folder).run(IMAGE, Manifests.x86(RAM_END), options, output);
  }

  private RunResult run(String script) throws Exception {
    return run(RunOptions.DEFAULT.withTimeout(Duration.ofSeconds(30)), script);
  }

  @Test
  void outputAndVerdictArePassedOn() throws Exception {
    RunResult result =
        run(
            "printf 'a\\000b\\377' > \"$console\"\n"
                + FakeQemu.write(Reports.exited(0), "report")
                + "exit 3");

    assertThat(output.toByteArray()).isEqualTo(new byte[] {'a', 0, 'b', (byte) 0xff});
    assertThat(result.verdict()).isEqualTo(Verdict.EXITED);
    assertThat(result.exitStatus()).isZero();
  }

  @Test
  void megabytesOfOutputArriveWhole() throws Exception {
    run(
        "head -c 20000000 /dev/zero | tr '\\000' 'x' > \"$console\"\n"
            + FakeQemu.write(Reports.exited(0), "report")
            + "exit 3");

    assertThat(output.size()).isEqualTo(20_000_000);
  }

  @Test
  void outputArrivesWhileTheProgramRuns() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    Path goOn = folder.resolve("go-on");
    OutputStream stream =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            Files.createFile(goOn);
            arrived.countDown();
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            write(bytes[offset]);
          }
        };
    FakeQemu.install(
        folder,
        "printf x > \"$console\"\nwhile [ ! -e '"
            + goOn
            + "' ]; do sleep 0.05; done\n"
            + FakeQemu.write(Reports.exited(0), "report")
            + "exit 3");

    RunResult result =
        QemuSimulator.in(folder)
            .run(
                IMAGE,
                Manifests.x86(RAM_END),
                RunOptions.DEFAULT.withTimeout(Duration.ofSeconds(30)),
                stream);

    assertThat(arrived.await(0, TimeUnit.SECONDS)).isTrue();
    assertThat(result.verdict()).isEqualTo(Verdict.EXITED);
  }

  @Test
  void aCrashIsAFailureWithItsMessages() throws Exception {
    RunResult result = run("echo something is wrong >&2\nkill -SEGV $$");

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(result.failure()).contains("signal 11", "something is wrong");
  }

  @Test
  void aCrashAfterTheReportIsAFailure() throws Exception {
    RunResult result = run(FakeQemu.write(Reports.exited(0), "report") + "kill -SEGV $$");

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
  }

  @Test
  void statusZeroWithoutReportIsAFailure() throws Exception {
    assertThat(run("exit 0").verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
  }

  @Test
  void garbageIsAFailure() throws Exception {
    RunResult result = run("head -c 1000 /dev/urandom > \"$report\"\nexit 3");

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
  }

  @Test
  void anEndlessReportEndsTheRun() throws Exception {
    RunResult result = run("while :; do echo thaw-report; done > \"$report\"");

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(result.failure()).contains("longer than any report");
  }

  @Test
  void endlessMessagesEndTheRun() throws Exception {
    RunResult result = run("while :; do echo help; done");

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(result.failure()).contains("endless messages", "help").hasSizeLessThan(5000);
  }

  @Test
  void aHangIsATimeOutAndItsProcessesAreGone() throws Exception {
    Path pids = folder.resolve("pids");
    RunResult result =
        run(
            RunOptions.DEFAULT.withTimeout(Duration.ofSeconds(1)),
            "printf before > \"$console\"\nsleep 1000 &\necho $$ $! > '" + pids + "'\nwait");

    assertThat(result.verdict()).isEqualTo(Verdict.TIME_OUT);
    assertThat(result.exitStatus()).isEqualTo(124);
    assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("before");
    for (String pid : Files.readString(pids).strip().split(" ", -1)) {
      assertEnds(Long.parseLong(pid));
    }
  }

  @Test
  void aHangThatIgnoresTheSignalIsKilled() throws Exception {
    RunResult result =
        run(
            RunOptions.DEFAULT.withTimeout(Duration.ofMillis(300)),
            "trap '' TERM\nwhile :; do sleep 0.1; done");

    assertThat(result.verdict()).isEqualTo(Verdict.TIME_OUT);
  }

  private static void assertEnds(long pid) throws InterruptedException {
    for (int i = 0; i < 100 && isRunning(pid); i++) {
      Thread.sleep(50);
    }
    assertThat(isRunning(pid)).as("process %d runs", pid).isFalse();
  }

  /** A process that nobody has waited for yet has ended, too. */
  private static boolean isRunning(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void outputThatCannotBeWrittenEndsTheRun() throws Exception {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("nobody reads");
          }
        };
    FakeQemu.install(folder, "while :; do printf x; sleep 0.01; done > \"$console\"");

    assertThatThrownBy(
            () ->
                QemuSimulator.in(folder)
                    .run(IMAGE, Manifests.x86(RAM_END), RunOptions.DEFAULT, closed))
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("nobody reads");
  }

  @Test
  void aProgramThatCannotBeStartedIsAFailure() throws Exception {
    Path program = folder.resolve("qemu-system-x86_64");
    Files.write(program, new byte[] {0x7f, 'E', 'L', 'F', 0});
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));

    RunResult result =
        QemuSimulator.in(folder).run(IMAGE, Manifests.x86(RAM_END), RunOptions.DEFAULT, output);

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(result.failure()).contains("qemu-system-x86_64");
  }

  @Test
  void aMissingSimulatorComesWithItsRemedy() {
    assertThatThrownBy(
            () ->
                QemuSimulator.in(folder)
                    .run(IMAGE, Manifests.x86(RAM_END), RunOptions.DEFAULT, output))
        .isInstanceOfSatisfying(
            ToolMissingException.class,
            e -> assertThat(e.remedy()).isEqualTo("apt-get install -y qemu-system-x86"));
  }

  @Test
  void aCompleteTraceIsPutInPlace() throws Exception {
    Path trace = folder.resolve("steps");
    RunResult result =
        run(
            RunOptions.DEFAULT.withTraceFile(trace),
            "printf 12345678 > \"$trace\"\n"
                + FakeQemu.write(PluginResultTest.TEXT, "result")
                + FakeQemu.write(Reports.exited(0), "report")
                + "exit 3");

    assertThat(result.counts()).contains(new InstructionCounts(52, 1000, 77));
    assertThat(trace).hasContent("12345678");
    assertOnlyIn(folder, "qemu-system-x86_64", "steps");
  }

  @Test
  void aTraceOfAFailureIsNotLeft() throws Exception {
    Path trace = folder.resolve("steps");
    Files.writeString(trace, "older");
    RunResult result =
        run(
            RunOptions.DEFAULT.withTraceFile(trace),
            "printf 1234 > \"$trace\"\n" + FakeQemu.write(Reports.exited(0), "report") + "exit 3");

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(trace).hasContent("older");
    assertOnlyIn(folder, "qemu-system-x86_64", "steps");
  }

  @Test
  void aTraceWithoutAFolderIsRefused() {
    assertThatThrownBy(
            () -> run(RunOptions.DEFAULT.withTraceFile(folder.resolve("no/such/folder")), "exit 0"))
        .isInstanceOf(InvalidInputException.class);
  }

  private static void assertOnlyIn(Path folder, String... names) throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
    }
  }
}
