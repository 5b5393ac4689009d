package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real dumps, linked and run: they go on exactly as the real processes did. */
class RealDumpsTest {

  private static final Pattern VDSO = Pattern.compile("(?m)^([0-9a-f]+)-([0-9a-f]+) .*\\[vdso\\]$");

  /** A sequence of load and store exclusive that the truth ran at full speed is no longer. */
  private static final int MOST_UNSTEPPED_INSTRUCTIONS = 64;

  /** How far behind a reading of the clock the program still decides by it. */
  private static final int CLOCK_USE_INSTRUCTIONS = 24;

  /** How often a dump's program asks whether a second has passed since it asked before the dump. */
  private static final Map<String, Integer> CLOCK_BRANCHES =
      Map.of("x86-64-dynamic", 1, "riscv64-dynamic", 1);

  @TempDir Path folder;

  private Path link(Dump dump) throws Exception {
    Path image = folder.resolve("image.elf");
    Thaw.Result result = Thaw.run("link", dump.archive(), "-o", image);
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    return image;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x86-64-static",
        "x86-64-dynamic",
        "x86-64-static-sse",
        "x86-64-static-sse3",
        "x86-64-dynamic-sse3",
        "aarch64-static",
        "aarch64-dynamic",
        "aarch64-dynamic-pac",
        "aarch64-dynamic-pac52",
        "riscv64-static",
        "riscv64-dynamic"
      })
  void theProgramPrintsTheLinesThatWereMissingAndExits(String name) throws Exception {
    Dump dump = new Dump(name);

    Thaw.Result result = Thaw.run("run", "--json", link(dump));

    assertThat(result.stdoutText()).isEqualTo(dump.expectedOutput());
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(result.json().get("verdict").asText()).isEqualTo("exited");
    assertThat(result.json().get("status").asInt()).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({
    "x86-64-dynamic, q35, 58",
    "x86-64-dynamic, pc, 58",
    "aarch64-dynamic, virt-el2, 70",
    "aarch64-dynamic, virt-el3, 76",
    "aarch64-dynamic-pac52, virt-el2, 85",
    "aarch64-dynamic-pac52, virt-el3, 91",
  })
  void theSameImageRunsOnOtherMachines(String name, String machine, long restoreInstructions)
      throws Exception {
    Dump dump = new Dump(name);

    Thaw.Result result = Thaw.run("run", "--json", "--count", "--machine", machine, link(dump));

    assertThat(result.stdoutText()).isEqualTo(dump.expectedOutput());
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(result.json().get("restoreInstructions").asLong()).isEqualTo(restoreInstructions);
  }

  @ParameterizedTest
  @CsvSource({
    "x86-64-static, 58",
    "x86-64-dynamic, 58",
    "x86-64-static-sse, 54",
    "x86-64-static-sse3, 54",
    "x86-64-dynamic-sse3, 54",
    "aarch64-static, 64",
    "aarch64-dynamic, 64",
    "aarch64-dynamic-pac, 79",
    "aarch64-dynamic-pac52, 79",
    "riscv64-static, 84",
    "riscv64-dynamic, 84"
  })
  void theTraceIsWhatTheRealProcessorExecuted(String name, long restoreInstructions)
      throws Exception {
    Dump dump = new Dump(name);
    LongBuffer truth = longs(dump.bytes("truth/steps.pcs"));
    Path traceFile = folder.resolve("trace");

    Thaw.Result result =
        Thaw.run(
            "run",
            "--json",
            "--count",
            "--trace",
            traceFile,
            "--instructions",
            truth.limit() + 10_000,
            link(dump));

    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    JsonNode json = result.json();
    assertThat(json.get("verdict").asText()).isEqualTo("stopped");
    assertThat(json.get("userInstructions").asLong()).isEqualTo(truth.limit() + 10_000);
    assertThat(json.get("restoreInstructions").asLong()).isEqualTo(restoreInstructions);
    int clockBranches = compare(truth, longs(Files.readAllBytes(traceFile)), vdso(dump));
    assertThat(clockBranches).isEqualTo(CLOCK_BRANCHES.getOrDefault(name, 0));
  }

  /** The vDSO's range of addresses, which is left out: without a clock it makes real calls. */
  private static long[] vdso(Dump dump) throws Exception {
    Matcher matcher = VDSO.matcher(dump.text("maps"));
    assertThat(matcher.find()).isTrue();
    return new long[] {
      Long.parseUnsignedLong(matcher.group(1), 16), Long.parseUnsignedLong(matcher.group(2), 16)
    };
  }

  /**
   * Address for address. Left out on both sides: the vDSO. Where the truth ran a sequence of load
   * and store exclusive at full speed (0), the trace has it in full. A difference is allowed in one
   * case: the program compares what the clock said before the dump with what it says now, and for
   * the real process more than a second had passed; both then go on at the same address.
   */
  private static int compare(LongBuffer truth, LongBuffer trace, long[] vdso) {
    int compared = 0;
    int at = 0;
    int clockBranches = 0;
    int sinceClock = Integer.MAX_VALUE;
    for (int i = 0; i < truth.limit(); i++) {
      long pc = truth.get(i);
      if (inside(pc, vdso)) {
        sinceClock = 0;
        continue;
      }
      if (pc == 0) {
        boolean ofVdso = i > 0 && inside(truth.get(i - 1), vdso);
        if (!ofVdso && i + 1 < truth.limit()) {
          at = find(trace, at, MOST_UNSTEPPED_INSTRUCTIONS, truth.get(i + 1));
        }
        continue;
      }
      while (inside(trace.get(at), vdso)) {
        at++;
      }
      if (trace.get(at) != pc && sinceClock < CLOCK_USE_INSTRUCTIONS) {
        int[] meeting = meeting(truth, i, trace, at);
        i = meeting[0];
        at = meeting[1];
        pc = truth.get(i);
        clockBranches++;
      }
      assertThat(trace.get(at))
          .as("instruction %d of the truth, %d of the trace", i, at)
          .isEqualTo(pc);
      at++;
      compared++;
      sinceClock = sinceClock == Integer.MAX_VALUE ? sinceClock : sinceClock + 1;
    }
    assertThat(compared).isGreaterThan(truth.limit() * 99 / 100);
    return clockBranches;
  }

  private static int find(LongBuffer trace, int from, int most, long pc) {
    for (int i = from; i < from + most; i++) {
      if (trace.get(i) == pc) {
        return i;
      }
    }
    throw new AssertionError(String.format("no 0x%x soon after instruction %d", pc, from));
  }

  /** The first address that both reach within a few instructions. */
  private static int[] meeting(LongBuffer truth, int i, LongBuffer trace, int at) {
    for (int sum = 1; sum < 2 * CLOCK_USE_INSTRUCTIONS; sum++) {
      for (int ahead = 0; ahead <= sum; ahead++) {
        if (truth.get(i + ahead) == trace.get(at + sum - ahead)) {
          return new int[] {i + ahead, at + sum - ahead};
        }
      }
    }
    throw new AssertionError("instruction " + i + " of the truth: no way back together");
  }

  private static boolean inside(long pc, long[] range) {
    return pc >= range[0] && pc < range[1];
  }

  private static LongBuffer longs(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
  }
}
