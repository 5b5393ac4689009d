package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.analysis.AnalysisFile;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of analyses that are not what was written, by chance or on purpose. */
class DamagedAnalysisTest {

  private static final Path RECORDING = Path.of("fixtures", "recordings", "aarch64-bash.tar.xz");

  @TempDir Path folder;

  private byte[] analysis() throws Exception {
    Path file = folder.resolve("interval.analysis");
    Thaw.Result result =
        Thaw.run("analyze", RECORDING, "-o", file, "--instructions", 3_000, "--bbv", 500);
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    return Files.readAllBytes(file);
  }

  private void assertDamaged(byte[] analysis) throws Exception {
    assertThat(isRefused(analysis)).isTrue();
  }

  /** Refused in words, or read; nothing else may happen. */
  private boolean isRefused(byte[] analysis) throws Exception {
    Path damaged = folder.resolve("damaged.analysis");
    Files.write(damaged, analysis);
    try {
      AnalysisFile.read(damaged);
      AnalysisFile.analysis(damaged).fromItsBegin();
      return false;
    } catch (InvalidInputException e) {
      assertThat(e).hasMessageContaining("found").hasMessageContaining("acceptable");
      return true;
    }
  }

  @Test
  void aDamagedAnalysisIsRefused() throws Exception {
    byte[] good = analysis();
    assertThat(isRefused(good)).isFalse();
    Random random = new Random(11);
    for (int i = 0; i < 400; i++) {
      byte[] bad = good.clone();
      // Half of them near the beginning, where heads of sections are close together.
      int at = random.nextInt(i % 2 == 0 ? good.length : 2_000);
      bad[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      assertDamaged(bad);
      assertDamaged(Arrays.copyOf(good, random.nextInt(good.length)));
    }
    assertDamaged(Arrays.copyOf(good, good.length + 8));
  }

  /** With right checksums: what is impossible is refused, the rest is another analysis. */
  @Test
  void anAnalysisThatSaysTheImpossibleIsRefused() throws Exception {
    AnalysisBytes bytes = new AnalysisBytes(analysis());
    Random random = new Random(13);
    int refused = 0;
    for (String section : bytes.names()) {
      for (int i = 0; i < 60; i++) {
        int index = random.nextInt(bytes.size(section));
        long value =
            i % 2 == 0 ? random.nextLong() : bytes.word(section, index) ^ 1L << random.nextInt(64);
        refused += isRefused(bytes.with(section, index, value)) ? 1 : 0;
      }
    }
    assertThat(refused).isGreaterThan(100);
    assertDamaged(bytes.with("interval", 1, 2_999)); // an end that is not that of the code
    assertDamaged(bytes.with("interval", 5, 501)); // slices of another size
    assertDamaged(bytes.with("vector", 0, bytes.size("blocks") + 1L)); // no such block
    assertDamaged(bytes.with("vector", 1, bytes.word("vector", 1) + 1)); // one too many
    assertDamaged(bytes.with("code", 1, 0)); // never executed
    assertDamaged(bytes.with("code", 2, 16)); // too long
    assertDamaged(bytes.with("pages", 0, 1)); // no page's address
    assertDamaged(bytes.with("pages", 3, 3)); // touched in a fourth way
    assertDamaged(bytes.with("tail", 0, 1)); // an instruction that is none
    assertDamaged(bytes.with("entries", 1, -1)); // in front of all
    assertDamaged(bytes.with("image", 4, 3)); // i386
    assertDamaged(bytes.with("image", 5, -1)); // before the beginning
  }
}
