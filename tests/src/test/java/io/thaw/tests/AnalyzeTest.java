package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.thaw.linker.analysis.AnalysisFile;
import io.thaw.linker.analysis.BlockVectors;
import io.thaw.linker.analysis.IntervalAnalysis;
import io.thaw.linker.analysis.Touch;
import io.thaw.linker.analysis.TouchedPage;
import io.thaw.linker.image.ImageWriter;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Registers;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.Planner;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.progress.Progress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The analysis as a command and as a file: against traces, and in trimming. */
class AnalyzeTest {

  private static final Path RECORDING = Path.of("fixtures", "recordings", "aarch64-bash.tar.xz");
  private static final long DATA_VADDR = SyntheticCheckpoint.PROGRAM_VADDR + 4096;
  private static final int SLICE = 7_000;
  private static final Pattern ELEMENT = Pattern.compile(":([1-9][0-9]*):([1-9][0-9]*) ");

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("interval.analysis");
  }

  private IntervalAnalysis analyze(Object input, Object... more) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("analyze", input, "-o", file()));
    arguments.addAll(List.of(more));
    Thaw.Result result = Thaw.run(arguments.toArray());
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    return AnalysisFile.analysis(file());
  }

  /** One address for each instruction: a repeated one has one for each iteration in the trace. */
  private long[] trace(Object input, long instructions, IntervalAnalysis analysis)
      throws Exception {
    Path file = folder.resolve("trace");
    Thaw.Result result =
        Thaw.run("run", input, "--trace", file, "--instructions", instructions, "--json");
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    LongBuffer words =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    long[] pcs = new long[words.remaining()];
    int count = 0;
    while (words.hasRemaining()) {
      long pc = words.get();
      if (count == 0 || pc != pcs[count - 1] || !analysis.repeated().contains(pc)) {
        pcs[count++] = pc;
      }
    }
    return Arrays.copyOf(pcs, count);
  }

  @ParameterizedTest
  @CsvSource({
    "x86-64-static, 1000, 400000",
    "x86-64-dynamic, 0, 1500000",
    "aarch64-static, 1000, 400000",
    "aarch64-dynamic, 300000, 400000",
    "riscv64-dynamic, 1000, 400000",
  })
  void vectorsAndExecutionsAreThoseOfTheTrace(String name, int skip, int count) throws Exception {
    Path dump = new Dump(name).archive();
    List<Object> more = new ArrayList<>(List.of("--instructions", count, "--bbv", SLICE));
    if (skip > 0) {
      more.addAll(List.of("--skip", skip));
    }
    IntervalAnalysis analysis = analyze(dump, more.toArray());
    long[] trace = trace(dump, skip + count, analysis);
    assertThat(trace).hasSize(skip + count);

    Map<Long, Long> executions = new HashMap<>();
    List<Map<Long, Long>> slices = new ArrayList<>();
    long block = 0;
    for (int i = skip; i < trace.length; i++) {
      executions.merge(trace[i], 1L, Long::sum);
      byte[] before = i == skip ? new byte[0] : analysis.code().get(trace[i - 1]);
      if (i == skip
          || BlockEnds.isOne(AnalysisFile.read(file()).architecture(), before)
          || trace[i] != trace[i - 1] + before.length) {
        block = trace[i];
      }
      if ((i - skip) % SLICE == 0) {
        slices.add(new HashMap<>());
      }
      slices.get(slices.size() - 1).merge(block, 1L, Long::sum);
    }
    assertThat(analysis.executions()).isEqualTo(executions);
    assertThat(analysis.unseenAccesses()).isZero();
    assertThat(vectors(analysis.vectors())).isEqualTo(slices);
    assertThat(text(analysis.vectors())).isEqualTo(slices);
  }

  private static List<Map<Long, Long>> vectors(BlockVectors vectors) {
    List<Map<Long, Long>> slices = new ArrayList<>();
    for (int i = 0; i < vectors.sliceCount(); i++) {
      Map<Long, Long> slice = new HashMap<>();
      vectors.forEach(i, (block, instructions) -> slice.put(vectors.blockPc(block), instructions));
      slices.add(slice);
    }
    return slices;
  }

  /** SimPoint's text. */
  private List<Map<Long, Long>> text(BlockVectors vectors) throws Exception {
    List<Map<Long, Long>> slices = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(file() + ".bb"))) {
      assertThat(line).startsWith("T:");
      Map<Long, Long> slice = new HashMap<>();
      Matcher element = ELEMENT.matcher(line);
      int at = 1;
      while (element.find(at) && element.start() == at) {
        slice.put(
            vectors.blockPc(Integer.parseInt(element.group(1))), Long.parseLong(element.group(2)));
        at = element.end();
      }
      assertThat(at).isEqualTo(line.length());
      slices.add(slice);
    }
    return slices;
  }

  @Test
  void aRunToItsEndHasAllInstructionsThatAreCounted() throws Exception {
    Path dump = new Dump("aarch64-static").archive();
    long counted =
        Thaw.run("run", dump, "--json", "--count").json().get("userInstructions").asLong();

    IntervalAnalysis analysis = analyze(dump, "--bbv", 1_000_000);

    assertThat(analysis.instructions()).isEqualTo(counted);
    assertThat(analysis.isShort()).isTrue();
    assertThat((long) analysis.vectors().sliceCount()).isEqualTo((counted + 999_999) / 1_000_000);
    JsonNode json = new ObjectMapper().readTree(Thaw.run("inspect", file(), "--json").stdoutText());
    assertThat(json.get("instructions").asLong()).isEqualTo(counted);
    assertThat(json.get("programEnded").asBoolean()).isTrue();
    assertThat(json.get("slices").asInt()).isEqualTo(analysis.vectors().sliceCount());
  }

  private static Registers registers(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> Patterns.x86(false);
      case AARCH64 -> Patterns.aarch64();
      case RISCV64 -> Patterns.riscv64();
    };
  }

  private Path program(Architecture architecture) throws Exception {
    Path image = folder.resolve("livein.elf");
    ImageWriter.write(
        Planner.plan(
            new SyntheticCheckpoint(architecture, "livein", registers(architecture)).build(),
            Platforms.defaultFor(architecture),
            LinkOptions.defaults()),
        image,
        Progress.NONE);
    return image;
  }

  @ParameterizedTest
  @EnumSource
  void theBytesThatAProgramNeedsAreKnown(Architecture architecture) throws Exception {
    boolean isRiscv = architecture == Architecture.RISCV64;
    IntervalAnalysis analysis = analyze(program(architecture));

    assertThat(analysis.unseenAccesses()).isZero();
    TouchedPage first = page(analysis, DATA_VADDR);
    assertThat(first.firstTouch()).contains(Touch.READ);
    assertThat(first.firstIndex()).isEqualTo(isRiscv ? 2 : 1);
    assertThat(ranges(first.liveIn()))
        .isEqualTo(
            isRiscv
                ? List.of("0-4", "9-16", "32-36", "61-69", "4092-4096")
                : List.of("0-4", "9-16", "32-36", "61-77", "200-216", "4092-4096"));
    assertThat(ranges(first.written()))
        .isEqualTo(
            isRiscv
                ? List.of("8-9", "16-24", "32-36", "100-108")
                : List.of("8-9", "16-24", "32-36", "100-116", "304-320"));
    assertThat(ranges(first.words().read()))
        .isEqualTo(
            isRiscv
                ? List.of("0-1", "4-5", "7-9", "511-512")
                : List.of("0-1", "4-5", "7-10", "25-27", "511-512"));
    assertThat(ranges(first.words().written()))
        .isEqualTo(isRiscv ? List.of("1-3", "12-14") : List.of("1-3", "12-15", "38-40"));
    assertThat(first.words().fetched().isEmpty()).isTrue();
    TouchedPage second = page(analysis, DATA_VADDR + 4096);
    assertThat(ranges(second.liveIn())).containsExactly("0-4");
    if (architecture == Architecture.AARCH64) {
      assertThat(ranges(second.written())).as("by DC ZVA").containsExactly("512-576");
      assertThat(ranges(second.words().written())).containsExactly("64-72");
    } else if (architecture == Architecture.X86_64) {
      assertThat(second.written().nextSetBit(0)).as("by FXSAVE").isEqualTo(512);
    }
    TouchedPage code = page(analysis, SyntheticCheckpoint.PROGRAM_VADDR);
    assertThat(code.firstTouch()).contains(Touch.FETCH);
    assertThat(code.words().of(0)).contains(Touch.FETCH);
  }

  private static TouchedPage page(IntervalAnalysis analysis, long vaddr) {
    return analysis.pages().stream()
        .filter(page -> page.isOfProgram() && page.firstVaddr() == vaddr)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> ranges(BitSet bits) {
    List<String> ranges = new ArrayList<>();
    for (int from = bits.nextSetBit(0); from >= 0; ) {
      int to = bits.nextClearBit(from);
      ranges.add(from + "-" + to);
      from = bits.nextSetBit(to);
    }
    return ranges;
  }

  private Thaw.Result trim(Path target, Object... more) throws Exception {
    List<Object> arguments =
        new ArrayList<>(
            List.of("trim", RECORDING, "-o", target, "--instructions", 40_000, "--json"));
    arguments.addAll(List.of(more));
    return Thaw.run(arguments.toArray());
  }

  @Test
  void trimmingWithAnAnalysisMadeBeforeGivesTheSameImage() throws Exception {
    analyze(RECORDING, "--skip", 100_000, "--instructions", 40_000, "--bbv", 10_000);
    Path with = folder.resolve("with.elf");
    Path without = folder.resolve("without.elf");

    Thaw.Result result = trim(with, "--skip", 100_000, "--keep", "words", "--analysis", file());
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(trim(without, "--skip", 100_000, "--keep", "words").status()).isEqualTo(0);

    assertThat(with).hasSameBinaryContentAs(without);
    Thaw.Result other = trim(folder.resolve("other.elf"), "--skip", 99_999, "--analysis", file());
    assertThat(other.status()).isEqualTo(3);
    assertThat(other.stderr()).contains("from instruction 100,000 on");
  }

  /** The fifth word of the interval's section says how many accesses were not seen. */
  @Test
  void accessesThatWereNotSeenKeepPagesWholeAndAreTold() throws Exception {
    analyze(RECORDING, "--instructions", 40_000);
    byte[] kept = Files.readAllBytes(file());
    Files.write(file(), new AnalysisBytes(kept).with("interval", 4, 3));
    Path whole = folder.resolve("whole.elf");

    Thaw.Result result = trim(whole, "--keep", "words", "--analysis", file());

    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(result.stderr()).contains("3 accesses to memory could not be seen");
    JsonNode interval = new ObjectMapper().readTree(result.stdoutText()).get("interval");
    assertThat(interval.get("liveInWords").asLong())
        .isEqualTo(interval.get("liveInPages").asLong() * 512);
    assertThat(Thaw.run("inspect", whole).stdoutText()).contains("could not be seen");
    assertThat(Thaw.run("inspect", file()).stdoutText()).contains("warning: 3 accesses");
  }

  @Test
  void whatIsNoIntervalIsRefused() throws Exception {
    assertRefused(3, "--skip: found", "--skip", 600_000, "--instructions", 1);
    assertRefused(3, "--skip: found", "--skip", 600_000);
    assertRefused(3, "--instructions: found", "--instructions", 600_000);
    assertRefused(3, "fewer than", "--skip", Long.MAX_VALUE, "--instructions", 1);
    assertRefused(2, "--bbv-file needs", "--instructions", 1, "--bbv-file", "x");
    assertRefused(2, "acceptable", "--instructions", 0);
  }

  private void assertRefused(int status, String message, Object... more) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("analyze", RECORDING, "-o", file()));
    arguments.addAll(List.of(more));
    Thaw.Result result = Thaw.run(arguments.toArray());
    assertThat(result.status()).as(result.toString()).isEqualTo(status);
    assertThat(result.stderr()).contains(message);
    assertThat(file()).doesNotExist();
  }
}
