package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recording does to a process that runs: nothing that stays. */
class RecordedProcessTest {

  @TempDir Path folder;

  private Process process;

  @BeforeEach
  void here() throws Exception {
    RecordedPrograms.assumePossible();
  }

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private void start(String... command) throws Exception {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread.sleep(500);
  }

  private Thaw.Result record(String... more) throws Exception {
    List<Object> arguments =
        new ArrayList<>(List.of("record", "-o", folder.resolve("p.rec"), "--pid", process.pid()));
    arguments.addAll(List.of(more));
    return Thaw.run(arguments.toArray());
  }

  private String status(String key) throws Exception {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .findFirst()
        .orElseThrow()
        .substring(key.length() + 1)
        .trim();
  }

  /** Of mapped files: their addresses, and how much of each is the process's own copy. */
  private List<String> filePages() throws Exception {
    List<String> lines = new ArrayList<>();
    String mapping = "";
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps"))) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        mapping = line;
      } else if (mapping.contains("/") && line.startsWith("Private_Dirty")) {
        lines.add(mapping + line);
      }
    }
    return lines;
  }

  @Test
  void textAndDataPagesStayAsTheyWereAndTheVdsoGetsItsPagesBack() throws Exception {
    start("sh", "-c", "while :; do sleep 0.05; done");
    List<String> before = filePages();
    String maps = vdsoLines();

    Thaw.Result result = record("--for-calls", "20");

    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(filePages()).isEqualTo(before);
    assertThat(vdsoLines()).isEqualTo(maps);
    assertThat(status("TracerPid")).isEqualTo("0");
    assertThat(process.isAlive()).isTrue();
  }

  private String vdsoLines() throws Exception {
    return String.join(
        "\n",
        Files.readAllLines(Path.of("/proc/" + process.pid() + "/maps")).stream()
            .filter(line -> line.contains("[v"))
            .toList());
  }

  @Test
  void aProcessThatWaitsIsRecordedForAsLongAsItIsAsked() throws Exception {
    start("sleep", "60");

    Thaw.Result result = record("--for", "1s");

    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(result.stderr()).contains("after the time asked for");
    assertThat(status("State")).startsWith("S");
    assertThat(status("TracerPid")).isEqualTo("0");
  }

  @Test
  void otherThreadsAreHeldAndRunOnAfterwards() throws Exception {
    Path ticks = folder.resolve("ticks");
    start(
        "env",
        "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX512BW",
        "perl",
        "-Mthreads",
        "-e",
        "threads->create(sub { while (1) { open(F, '>>', $ARGV[0]); print F 'x'; close F;"
            + " select(undef, undef, undef, 0.01) } })->detach;"
            + "while (1) { select(undef, undef, undef, 0.01) }",
        ticks.toString());

    Thaw.Result result = record("--for-calls", "50");

    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    long count = Files.size(ticks);
    Thread.sleep(500);
    assertThat(Files.size(ticks)).isGreaterThan(count);
    assertThat(tracers()).containsOnly("TracerPid:\t0").hasSize(2);
    assertThat(replay(folder.resolve("p.rec")).get("verdict").asText()).isEqualTo("complete");
  }

  private List<String> tracers() throws Exception {
    List<String> tracers = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      for (Path task : tasks.toList()) {
        Files.readAllLines(task.resolve("status")).stream()
            .filter(line -> line.startsWith("TracerPid"))
            .forEach(tracers::add);
      }
    }
    return tracers;
  }

  private static JsonNode replay(Path recording) throws Exception {
    return Thaw.run("run", recording, "--json", "--timeout", "60").json();
  }

  @Test
  void aWaitForAHeldThreadEndsTheRecordingAndNotTheProgram() throws Exception {
    Path recording = folder.resolve("threads.rec");

    Thaw.Result result =
        RecordedPrograms.record(
            recording,
            "perl",
            "-Mthreads",
            "-e",
            "$| = 1; print \"before\\n\"; threads->create(sub { print \"thread\\n\" })->join;"
                + "print \"after\\n\"");

    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(result.stdoutText()).isEqualTo("before\nthread\nafter\n");
    assertThat(result.stderr()).contains("futex: it waits for another thread");
    assertThat(replay(recording).get("verdict").asText()).isEqualTo("complete");
  }

  @Test
  void whetherCriuCanDumpItOrNotTheProcessRunsOn() throws Exception {
    start("sh", "-c", "while :; do sleep 0.05; done");

    Thaw.Result result = record("--dumper", "criu", "--for-calls", "5");

    if (result.status() == 0) {
      assertThat(folder.resolve("p.rec/recording.json")).content().contains("criu");
    } else {
      assertThat(result.status()).as(result.toString()).isEqualTo(4);
      assertThat(result.stderr()).contains("criu", "--dumper builtin");
      assertThat(folder.resolve("p.rec")).doesNotExist();
    }
    assertThat(status("State")).doesNotContain("stopped", "tracing");
    assertThat(status("TracerPid")).isEqualTo("0");
  }

  @Test
  void aProcessThatIsGoneIsRefused() throws Exception {
    start("true");
    process.waitFor();

    Thaw.Result result = record("--for", "1s");

    assertThat(result.status()).as(result.toString()).isEqualTo(3);
    assertThat(result.stderr()).contains("no such process");
  }

  @Test
  void aProgramThatIsNotThereIsNoRecording() throws Exception {
    Path recording = folder.resolve("none.rec");

    Thaw.Result result = RecordedPrograms.record(recording, "/no/such/program");

    assertThat(result.status()).as(result.toString()).isEqualTo(4);
    assertThat(recording).doesNotExist();
  }
}
