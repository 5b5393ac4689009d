package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thaw.linker.model.Manifest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Images of intervals: they end exactly where they should, or they fail. */
class TrimTest {

  private static final Path RECORDING = Path.of("fixtures", "recordings", "aarch64-bash.tar.xz");
  private static final int PAGE_BYTES = 4096;

  /** The last {@code -cpu} counts. */
  private static final String CORE_WITHOUT_TRIGGERS =
      "#!/bin/sh\nPATH=${PATH#*:} exec qemu-system-riscv64 \"$@\" -cpu rv64,debug=off\n";

  @TempDir Path folder;

  private Path image() {
    return trimming().image();
  }

  private Trimming trimming() {
    return new Trimming(folder);
  }

  private JsonNode trim(Object input, Object... more) throws Exception {
    return trimming().trim(input, more);
  }

  private void assertEndsAt(long instructions) throws Exception {
    Thaw.Result result = Trimming.run(image());
    assertThat(result.json().get("verdict").asText()).as(result.toString()).isEqualTo("complete");
    assertThat(result.json().get("userInstructions").asLong()).isEqualTo(instructions);
  }

  private LongBuffer trace(Path input, Object... more) throws Exception {
    Path file = folder.resolve("trace");
    Files.deleteIfExists(file);
    List<Object> arguments = new ArrayList<>(List.of("--trace", file));
    arguments.addAll(List.of(more));
    Trimming.run(input, arguments.toArray());
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
  }

  @ParameterizedTest
  @CsvSource({
    "x86-64-static, 100000, 58",
    "x86-64-dynamic, 1000000, 58",
    "x86-64-static-sse, 10000000, 54",
    "aarch64-static, 100000, 64",
    "aarch64-dynamic, 1000000, 64",
    "aarch64-static, 10000000, 64",
    "aarch64-dynamic-pac52, 1000000, 79",
    "riscv64-static, 100000, 84",
    "riscv64-dynamic, 1000000, 84",
    "riscv64-dynamic, 2424000, 84",
  })
  void aTrimmedDumpEndsAtTheInstructionThatWasAskedFor(String name, long instructions, long restore)
      throws Exception {
    JsonNode report = trim(new Dump(name).archive(), "--instructions", instructions);

    assertEndsAt(instructions);
    assertThat(Trimming.run(image()).json().get("restoreInstructions").asLong()).isEqualTo(restore);
    long used = report.at("/interval/liveInPages").asLong() * PAGE_BYTES;
    assertThat(Files.size(image())).isLessThanOrEqualTo(used + used / 10 + (64 << 10));
  }

  /** QEMU's core without the triggers that it has: an EBREAK is taken. */
  @ParameterizedTest
  @CsvSource({"riscv64-static, 100000", "riscv64-dynamic, 1000000"})
  void theEndIsTheSameOnACoreWithoutTriggers(String name, long instructions) throws Exception {
    trim(new Dump(name).archive(), "--instructions", instructions, "--check", "memory");
    Path simulators = Files.createDirectory(folder.resolve("simulators"));
    Path qemu = Files.writeString(simulators.resolve("qemu-system-riscv64"), CORE_WITHOUT_TRIGGERS);
    assertThat(qemu.toFile().setExecutable(true)).isTrue();

    Thaw.Result result =
        Thaw.runWith(
            Map.of("PATH", simulators + ":" + System.getenv("PATH")),
            "run",
            image(),
            "--json",
            "--count",
            "--timeout",
            "60");

    JsonNode report = result.json();
    assertThat(report.get("verdict").asText()).as(result.toString()).isEqualTo("complete");
    assertThat(report.get("userInstructions").asLong()).isEqualTo(instructions);
    assertThat(report.get("restoreInstructions").asLong()).isEqualTo(84);
  }

  @ParameterizedTest
  @CsvSource({"x86-64-static", "aarch64-dynamic", "riscv64-dynamic"})
  void theTraceIsThatOfTheWholeImageCut(String name) throws Exception {
    Path dump = new Dump(name).archive();
    trim(dump, "--skip", 20_000, "--warmup", 5_000, "--instructions", 50_000, "--keep", "words");

    LongBuffer whole = trace(dump, "--instructions", 75_000);
    LongBuffer small = trace(image());

    assertThat(small.remaining()).isEqualTo(55_000);
    assertThat(small).isEqualTo(whole.slice(20_000, 55_000));
    Manifest manifest = new TrimmedImage(image()).manifest();
    assertThat(manifest.regionBegin()).isEqualTo(mark(small, 5_000));
    assertThat(manifest.interval().regionEnd()).isEqualTo(mark(small, 55_000));
  }

  /** The last of so many instructions, and how often it has been executed. */
  private static Manifest.Mark mark(LongBuffer trace, int instructions) {
    long pc = trace.get(instructions - 1);
    long count = IntStream.range(0, instructions).filter(i -> trace.get(i) == pc).count();
    return new Manifest.Mark(pc, count);
  }

  @ParameterizedTest
  @CsvSource({"x86-64-dynamic", "riscv64-static"})
  void ofAnEndThatTakesManyStopsItIsSaidWhichOneTakesOne(String name) throws Exception {
    Path dump = new Dump(name).archive();
    trim(dump, "--instructions", 500_000);
    Manifest manifest = new TrimmedImage(image()).manifest();
    assertThat(manifest.interval().markerHits()).isGreaterThan(64);
    Matcher cheap =
        Pattern.compile("--instructions (\\d+)").matcher(manifest.warnings().toString());
    assertThat(cheap.find()).as(manifest.warnings().toString()).isTrue();

    trim(dump, "--instructions", cheap.group(1));

    assertThat(new TrimmedImage(image()).manifest().interval().markerHits()).isEqualTo(1);
    assertEndsAt(Long.parseLong(cheap.group(1)));
  }

  @ParameterizedTest
  @CsvSource({"0, 100000, pages", "0, 400000, lines", "300000, 200000, words"})
  void aTrimmedRecordingReplaysTheEventsOfItsInterval(long skip, long instructions, String keep)
      throws Exception {
    List<Object> more =
        new ArrayList<>(
            List.of("--instructions", instructions, "--keep", keep, "--check", "memory"));
    if (skip > 0) {
      more.addAll(List.of("--skip", skip));
    }
    trim(RECORDING, more.toArray());

    assertEndsAt(instructions);
    assertThat(Trimming.run(image()).json().get("events").asLong()).isGreaterThan(20);
  }

  @Test
  void aRecordedProgramOfThisMachineIsTrimmed() throws Exception {
    RecordedPrograms.assumePossible();
    Path recording = folder.resolve("python.rec");
    RecordedPrograms.record(
        recording, "/usr/bin/python3", "-c", "import json; print(json.dumps(list(range(9999))))");

    trim(recording, "--skip", 500_000, "--warmup", 100_000, "--instructions", 1_000_000);

    assertEndsAt(1_100_000);
    assertThat(Trimming.run(image()).json().get("regionsBegun").asLong()).isEqualTo(1);
  }

  /** Behind a call, in front of one, at the first instructions, in a loop. */
  @ParameterizedTest
  @MethodSource("programsWithCalls")
  void anEndMayBeAnywhere(Path input, int first, int calls) throws Exception {
    LongBuffer whole = trace(input, "--instructions", first + 20_000);
    List<Long> ends = new ArrayList<>(List.of(1L, 2L, 3L));
    TrimmedImage code = new TrimmedImage(linked(input));
    for (int i = first; i < whole.remaining() && ends.size() < 3 + 2 * calls; i++) {
      if (code.isCall(whole.get(i))) {
        ends.add((long) i); // the call is next
        ends.add((long) i + 1); // the call was the last
      }
    }
    assertThat(ends).hasSize(3 + 2 * calls);
    for (long end : ends) {
      trim(input, "--instructions", end);
      assertEndsAt(end);
    }
  }

  /** A program, where its calls are looked for, and how many are taken. */
  static List<Arguments> programsWithCalls() {
    return List.of(
        Arguments.of(RECORDING, 100, 2),
        Arguments.of(new Dump("riscv64-static").archive(), 260_000, 1));
  }

  private Path linked(Path input) throws Exception {
    Path linked = folder.resolve("whole.elf");
    assertThat(Thaw.run("link", input, "-o", linked).status()).isEqualTo(0);
    return linked;
  }

  /** REP MOVS and STOS: in front of one, and behind it. */
  @Test
  void anEndMayBeAtARepeatedInstruction() throws Exception {
    Path dump = new Dump("x86-64-dynamic").archive();
    Path linked = folder.resolve("rep.elf");
    assertThat(Thaw.run("link", dump, "-o", linked).status()).isEqualTo(0);
    TrimmedImage code = new TrimmedImage(linked);
    LongBuffer whole = trace(dump, "--instructions", 2_000_000);
    long retired = 0;
    long repeated = -1;
    for (int i = 1; i < whole.remaining() && repeated < 0; i++) {
      retired++;
      repeated = code.isRepeated(whole.get(i)) ? retired : -1;
    }
    assertThat(repeated).isPositive();
    for (long end : List.of(repeated, repeated + 1)) {
      trim(dump, "--instructions", end);
      assertEndsAt(end);
    }
  }

  @Test
  void aKeptAnalysisIsTakenForItsOwnIntervalAlone() throws Exception {
    Path analysis = folder.resolve("interval.analysis");
    trim(RECORDING, "--instructions", 50_000, "--analysis", analysis);
    byte[] kept = Files.readAllBytes(analysis);
    trim(RECORDING, "--instructions", 50_000, "--keep", "words", "--analysis", analysis);
    assertEndsAt(50_000);
    assertThat(Files.readAllBytes(analysis)).isEqualTo(kept);
    assertThat(Thaw.run("inspect", analysis).stdoutText()).contains("50,000 user instructions");

    Files.delete(image());
    assertRefused(
        3, "acceptable: that of", RECORDING, "--instructions", 50_001, "--analysis", analysis);
    assertRefused(
        3,
        "acceptable: that of",
        new Dump("aarch64-static").archive(),
        "--instructions",
        50_000,
        "--analysis",
        analysis);
    Files.write(analysis, Arrays.copyOf(kept, kept.length / 2));
    assertRefused(3, "acceptable", RECORDING, "--instructions", 50_000, "--analysis", analysis);
  }

  @Test
  void whatIsNoIntervalIsRefused() throws Exception {
    assertRefused(2, "acceptable", RECORDING, "--instructions", 0);
    assertRefused(3, "--instructions: found", RECORDING, "--instructions", 600_000);
    assertRefused(3, "--skip: found", RECORDING, "--skip", 600_000, "--instructions", 1);
    Path dump = new Dump("aarch64-dynamic").archive();
    assertRefused(3, "--most-stops", dump, "--instructions", 1_000_000, "--most-stops", 10);
    trim(RECORDING, "--instructions", 10);
    Path small = Files.move(image(), folder.resolve("once.elf"));
    assertRefused(3, "a trimmed image", small, "--instructions", 5);
  }

  private void assertRefused(int status, String message, Object input, Object... more)
      throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("trim", input, "-o", image()));
    arguments.addAll(List.of(more));
    Thaw.Result result = Thaw.run(arguments.toArray());
    assertThat(result.status()).as(result.toString()).isEqualTo(status);
    assertThat(result.stderr()).contains(message);
    assertThat(image()).doesNotExist();
  }
}
