package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thaw.linker.analysis.AnalysisFile;
import io.thaw.linker.analysis.TouchedPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trimmed image keeps of memory is what its interval needs: no more, and no less. */
class TrimmedMemoryTest {

  private static final int PAGE_BYTES = 4096;

  @TempDir Path folder;

  private Trimming trimming() {
    return new Trimming(folder);
  }

  @ParameterizedTest
  @CsvSource({"x86-64-static", "riscv64-dynamic"})
  void wordsThatAreKeptAreAllThatIsNotZero(String name) throws Exception {
    JsonNode report =
        trimming().trim(new Dump(name).archive(), "--instructions", 1_000_000, "--keep", "words");
    TrimmedImage image = new TrimmedImage(trimming().image());
    long notZero = 0;
    for (long entry : image.pages().values()) {
      long frame = image.frame(entry);
      for (int i = 0; i < PAGE_BYTES; i++) {
        int offset = image.offset(frame + i);
        notZero += offset >= 0 && image.at(offset) != 0 ? 1 : 0;
      }
    }
    assertThat(notZero)
        .isPositive()
        .isLessThanOrEqualTo(report.at("/interval/liveInWords").asLong() * Long.BYTES);
  }

  @ParameterizedTest
  @CsvSource({"x86-64-static", "aarch64-static", "riscv64-static"})
  void anyPageThatIsTakenOutIsMissed(String name) throws Exception {
    trimming().trim(new Dump(name).archive(), "--instructions", 100_000);
    TrimmedImage image = new TrimmedImage(trimming().image());
    List<Map.Entry<Long, Long>> pages = new ArrayList<>(image.pages().entrySet());
    assertThat((long) pages.size()).isEqualTo(image.manifest().interval().liveInPages());
    Path damaged = folder.resolve("damaged.elf");
    for (int i = 0; i < pages.size(); i += 4) {
      Files.write(damaged, image.withWord(pages.get(i).getValue(), 0));
      JsonNode verdict = Trimming.run(damaged).json();
      assertThat(verdict.get("verdict").asText()).as(verdict.toString()).isEqualTo("missing page");
      assertThat(Long.decode(verdict.get("address").asText()) & -PAGE_BYTES)
          .isEqualTo(pages.get(i).getKey());
    }
  }

  /** A byte may be read and not matter: a value that is compared and found larger either way. */
  @ParameterizedTest
  @CsvSource({"x86-64-static", "riscv64-static"})
  void aFlippedBitThatMattersIsNeverASuccess(String name) throws Exception {
    Path analysis = folder.resolve("interval.analysis");
    trimming()
        .trim(
            new Dump(name).archive(),
            "--instructions",
            100_000,
            "--keep",
            "words",
            "--check",
            "memory",
            "--analysis",
            analysis);
    TrimmedImage image = new TrimmedImage(trimming().image());
    List<Integer> liveIn = new ArrayList<>();
    for (TouchedPage page : AnalysisFile.analysis(analysis).pages()) {
      if (page.isOfProgram()) {
        page.liveIn().stream()
            .map(i -> image.offset(page.paddr() + i))
            .filter(offset -> offset >= 0) // zeros may be left to the loader
            .forEach(liveIn::add);
      }
    }
    Random random = new Random(7);
    Path damaged = folder.resolve("damaged.elf");
    int noDifference = 0;
    int flips = 24;
    for (int i = 0; i < flips; i++) {
      int offset = liveIn.get(random.nextInt(liveIn.size()));
      Files.write(damaged, image.withFlippedBit(offset, random.nextInt(Byte.SIZE)));
      Thaw.Result result = Trimming.run(damaged, "--instructions", 200_000);
      boolean complete = result.json().get("verdict").asText().equals("complete");
      assertThat(result.status() == 0)
          .as(result.toString())
          .isEqualTo(complete || result.json().get("verdict").asText().equals("stopped"));
      noDifference += complete ? 1 : 0;
    }
    System.out.printf("%d of %d flipped bits made no difference%n", noDifference, flips);
    assertThat(noDifference).isLessThan(flips / 4);
  }
}
