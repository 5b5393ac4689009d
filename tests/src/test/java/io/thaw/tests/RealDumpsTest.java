package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real dumps, linked and run: they go on exactly as the real processes did. */
class RealDumpsTest {

  private static final Pattern VDSO =
      Pattern.compile("(?m)^([0-9a-f]+)-([0-9a-f]+) .*\\[vdso\\]$");

  /** A sequence of load and store exclusive that the truth ran at full speed is no longer. */
  private static final int MOST_UNSTEPPED_INSTRUCTIONS = 64;

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
        "aarch64-static",
        "aarch64-dynamic"
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
    "x86-64-static, 58",
    "x86-64-dynamic, 58",
    "x86-64-static-sse, 54",
    "aarch64-static, 65",
    "aarch64-dynamic, 65"
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
    compare(truth, longs(Files.readAllBytes(traceFile)), vdso(dump));
  }

  /** The vDSO's range of addresses, which is left out: without a clock it makes real calls. */
  private static long[] vdso(Dump dump) throws Exception {
    Matcher matcher = VDSO.matcher(dump.text("maps"));
    assertThat(matcher.find()).isTrue();
    return new long[] {
      Long.parseUnsignedLong(matcher.group(1), 16), Long.parseUnsignedLong(matcher.group(2), 16)
    };
  }

  private static void compare(LongBuffer truth, LongBuffer trace, long[] vdso) {
    int compared = 0;
    int at = 0;
    for (int i = 0; i < truth.limit(); i++) {
      long pc = truth.get(i);
      if (inside(pc, vdso)) {
        continue;
      }
      if (pc == 0) {
        boolean ofVdso = i > 0 && inside(truth.get(i - 1), vdso);
        if (!ofVdso && i + 1 < truth.limit()) {
          int last = at + MOST_UNSTEPPED_INSTRUCTIONS;
          while (at < last && trace.get(at) != truth.get(i + 1)) {
            at++;
          }
        }
        continue;
      }
      while (inside(trace.get(at), vdso)) {
        at++;
      }
      assertThat(trace.get(at))
          .as("instruction %d of the truth, %d of the trace", i, at)
          .isEqualTo(pc);
      at++;
      compared++;
    }
    assertThat(compared).isGreaterThan(truth.limit() * 99 / 100);
  }

  private static boolean inside(long pc, long[] range) {
    return pc >= range[0] && pc < range[1];
  }

  private static LongBuffer longs(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
  }
}
