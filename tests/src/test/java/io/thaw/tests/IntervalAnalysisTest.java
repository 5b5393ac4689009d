package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.app.run.QemuSimulator;
import io.thaw.app.run.RunOptions;
import io.thaw.linker.analysis.AnalysisReader;
import io.thaw.linker.analysis.IntervalAnalysis;
import io.thaw.linker.analysis.TouchedPage;
import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.image.ImageReader;
import io.thaw.linker.trim.ImageFacts;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the analysis says of an interval, against the trace of the same instructions. */
class IntervalAnalysisTest {

  private static final long BEGIN = 30_000;
  private static final long END = 250_000;

  @TempDir Path folder;

  private Path link(Object input) throws Exception {
    Path image = folder.resolve("image.elf");
    assertThat(Thaw.run("link", input, "-o", image).status()).isEqualTo(0);
    return image;
  }

  private Path analyse(Path image, long begin) throws Exception {
    ImageDescription description = ImageReader.read(image);
    ImageFacts facts = ImageFacts.read(image, description);
    Path raw = folder.resolve("analysis");
    RunOptions options =
        RunOptions.DEFAULT
            .withInstructionLimit(END)
            .withMemoryFile(folder.resolve("ram"))
            .withTraceFile(folder.resolve("trace"))
            .withAnalysis(new RunOptions.Analysis(raw, begin, facts, /* sliceInstructions= */ 0));
    QemuSimulator.installed()
        .run(image, description.manifest(), options, OutputStream.nullOutputStream());
    return raw;
  }

  private LongBuffer trace() throws Exception {
    return ByteBuffer.wrap(Files.readAllBytes(folder.resolve("trace")))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asLongBuffer();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86-64-static", "aarch64-static", "aarch64-dynamic"})
  void executionsAndTheLastInstructionsAreThoseOfTheTrace(String name) throws Exception {
    Path image = link(new Dump(name).archive());
    IntervalAnalysis analysis = AnalysisReader.read(analyse(image, BEGIN));

    LongBuffer trace = trace();
    Map<Long, Long> expected = new HashMap<>();
    for (long i = BEGIN; i < END; i++) {
      expected.merge(trace.get((int) i), 1L, Long::sum);
    }
    assertThat(analysis.executions()).isEqualTo(expected);
    assertThat(analysis.end()).isEqualTo(END);
    assertThat(analysis.firstPc()).isEqualTo(trace.get((int) BEGIN));
    assertThat(analysis.tail().size()).isEqualTo((int) (END - BEGIN));
    for (int i = 0; i < analysis.tail().size(); i += 997) {
      assertThat(analysis.tail().pc(i)).isEqualTo(trace.get((int) BEGIN + i));
    }
  }

  /** Instructions are fetched before anything writes them: each of their bytes is live-in. */
  @Test
  void everyInstructionIsInAPageThatWasTouchedNotLaterThanIt() throws Exception {
    Path image = link(new Dump("x86-64-static").archive());
    IntervalAnalysis analysis = AnalysisReader.read(analyse(image, 0));

    assertThat(analysis.unseenAccesses()).isZero();
    Map<Long, TouchedPage> byVaddr = new HashMap<>();
    analysis.pages().stream()
        .filter(TouchedPage::isOfProgram)
        .forEach(page -> byVaddr.put(page.firstVaddr(), page));
    LongBuffer trace = trace();
    for (int i = 0; i < END; i++) {
      long pc = trace.get(i);
      TouchedPage page = byVaddr.get(pc & -4096L);
      assertThat(page).as("page of 0x%x", pc).isNotNull();
      assertThat(page.firstIndex()).isLessThanOrEqualTo(i);
      assertThat(page.liveIn().get((int) (pc & 4095))).isTrue();
    }
  }
}
