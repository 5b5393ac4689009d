package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real programs, recorded on this machine and replayed on QEMU with no kernel. */
class RecordingsTest {

  @TempDir Path folder;

  @BeforeEach
  void here() throws Exception {
    RecordedPrograms.assumePossible();
    Files.writeString(
        folder.resolve("lines.txt"),
        IntStream.range(0, 3000)
            .mapToObj(i -> "line " + i * 7919 % 3000)
            .collect(Collectors.joining("\n", "", "\n")));
  }

  /** LINES and NEW stand for a file of lines and a path that is free. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sqlite3 NEW 'create table t(a, b); insert into t values (1, 2), (3, 4); with recursive"
            + " c(x) as (select 1 union all select x + 1 from c where x < 2000) insert into t"
            + " select x, x * 2 from c; create index i on t(a); select sum(a), count(*) from t;'",
        "/usr/bin/python3 -c 'import json, re, decimal; print(json.dumps(dict(a=[1, 2])));"
            + " print(re.sub(\"a+\", \"b\", \"caat\"), decimal.Decimal(1) / 3)'",
        "xz -k -c LINES",
        "perl -e '$SIG{ALRM} = sub { print \"alarm\\n\" }; alarm 1; sleep 3; open F, \"LINES\";"
            + " while (<F>) { $n += length } print \"$n\\n\"'",
        "bash -c 'trap \"echo usr1\" USR1; kill -USR1 $$; x=$(echo from a child); echo \"$x\"'",
        "tar -Pcf NEW LINES",
        "openssl dgst -sha256 LINES",
        "sort -R LINES",
        "find /usr/lib/python3 -name '*.py'",
        "/usr/bin/python3 programs/traps.py",
      })
  void aRecordedProgramRunsOnToItsEndWithTheSameOutput(String command) throws Exception {
    Path recording = folder.resolve("program.rec");
    String line =
        command
            .replace("LINES", folder.resolve("lines.txt").toString())
            .replace("NEW", folder.resolve("new").toString());

    Thaw.Result recorded = RecordedPrograms.record(recording, words(line));

    assertThat(recorded.status()).as(recorded.toString()).isEqualTo(0);
    assertThat(recorded.stderr()).contains("ended by exit");
    Thaw.Result replayed = Thaw.run("run", recording, "--json");
    JsonNode verdict = replayed.json();
    assertThat(verdict.get("verdict").asText()).as(replayed.toString()).isEqualTo("complete");
    assertThat(verdict.get("events").asLong()).isGreaterThan(10);
    assertThat(replayed.stdoutText()).isEqualTo(recorded.stdoutText());
  }

  @Test
  void verifySaysInOneLineWhatMatched() throws Exception {
    Path recording = folder.resolve("true.rec");
    RecordedPrograms.record(recording, "/bin/true");

    Thaw.Result verified = Thaw.run("verify", recording);

    assertThat(verified.status()).as(verified.toString()).isEqualTo(0);
    assertThat(verified.stderr()).matches("\\d+ events and \\d+ instructions matched\n");
  }

  @Test
  void aRecordingFromMainAndForSomeCallsEndsThere() throws Exception {
    Path recording = folder.resolve("ls.rec");
    Thaw.Result recorded =
        Thaw.run(
            "record", "-o", recording, "--at", "main", "--for-calls", "7", "--", "ls", "-d", "/");

    assertThat(recorded.status()).as(recorded.toString()).isEqualTo(0);
    assertThat(recorded.stdoutText()).as("the program ran on").isEqualTo("/\n");
    assertThat(recorded.stderr()).contains("7 system calls");
    assertThat(Thaw.run("verify", recording).stderr()).startsWith("8 events and ");
  }

  /** The words of a command line, as a shell would have them. */
  private static String[] words(String line) throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh", "-c", "for word in " + line + "; do printf '%s\\0' \"$word\"; done")
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).isEqualTo(0);
    return output.split("\0");
  }
}
