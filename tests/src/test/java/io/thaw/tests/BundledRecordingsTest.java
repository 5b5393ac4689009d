package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Recordings that were made elsewhere. */
class BundledRecordingsTest {

  private static final Path RECORDINGS = Path.of("fixtures", "recordings");

  /** Of bash of Debian 12 on AArch64, with a signal handler, a child and two pipes. */
  @Test
  void aRecordingOfAarch64IsReplayedToItsEnd() throws Exception {
    Thaw.Result result =
        Thaw.run("run", RECORDINGS.resolve("aarch64-bash.tar.xz"), "--count", "--json");

    JsonNode json = result.json();
    assertThat(json.get("verdict").asText()).as(result.toString()).isEqualTo("complete");
    assertThat(json.get("events").asLong()).isEqualTo(120);
    assertThat(json.get("restoreInstructions").asLong()).isEqualTo(64);
    assertThat(result.stdoutText()).isEqualTo("1\ngot usr1\n2\n3\nsub\n");
  }
}
