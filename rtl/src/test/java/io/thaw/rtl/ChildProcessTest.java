package io.thaw.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  @TempDir Path folder;

  private Optional<Integer> run(String script, Duration limit) throws Exception {
    return ChildProcess.run(
        List.of("/bin/sh", "-c", script), folder, Map.of("WORD", "word"), log(), limit);
  }

  private Path log() {
    return folder.resolve("log");
  }

  @Test
  void itsWordsAndItsStatusAreKept() throws Exception {
    assertThat(run("echo $WORD; pwd >&2; exit 7", Duration.ofMinutes(1))).contains(7);
    assertThat(run("echo again", Duration.ofMinutes(1))).contains(0);

    assertThat(log()).hasContent("word\n" + folder.toAbsolutePath() + "\nagain\n");
  }

  @Test
  void oneThatHangsIsEnded() throws Exception {
    assertThat(run("sleep 60 & wait", Duration.ofMillis(200))).isEmpty();
  }
}
