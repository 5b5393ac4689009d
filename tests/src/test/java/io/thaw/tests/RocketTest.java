package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thaw.linker.model.Riscv64Registers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images on a Rocket core in RTL: what they do on QEMU, instruction for instruction. */
class RocketTest {

  private static final String QEMU = "qemu-riscv64";
  private static final int[] SEEDS = {1, 2, 3, 77, 2_000_000_011};

  /** RISC-V unprivileged architecture, 8.3: longer loops of LR and SC need not succeed. */
  private static final int MOST_RETRIED_INSTRUCTIONS = 16;

  /** Of LR and SC in a run. */
  private static final int MOST_RETRIES = 3;

  @TempDir Path folder;

  @BeforeAll
  static void build() throws Exception {
    Rocket.build();
  }

  private Path link(Dump dump, String platform) throws Exception {
    Path image = folder.resolve(platform + ".elf");
    Thaw.Result result = Thaw.run("link", dump.archive(), "--platform", platform, "-o", image);
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    return image;
  }

  private static Thaw.Result run(Path image, Object... options) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("run", "--json"));
    arguments.addAll(List.of(options));
    arguments.add(image);
    Thaw.Result result = Thaw.run(arguments.toArray());
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    return result;
  }

  /**
   * One to its end, the other until behind the first line that it prints. A core may have LR and SC
   * be tried again where QEMU does not.
   */
  @ParameterizedTest
  @CsvSource({"riscv64-static, 270000, 1", "riscv64-dynamic, 10000000, 4"})
  void aRealProcessGoesOnAsOnQemu(String name, long instructions, int lines) throws Exception {
    Dump dump = new Dump(name);
    Path qemuTrace = folder.resolve("qemu-trace");
    Path trace = folder.resolve("trace");
    JsonNode onQemu =
        run(link(dump, QEMU), "--instructions", instructions, "--trace", qemuTrace).json();

    Thaw.Result result =
        run(link(dump, Rocket.PLATFORM), "--instructions", instructions, "--trace", trace);

    assertThat(result.stdoutText()).isEqualTo(beginning(dump, lines));
    JsonNode onRocket = result.json();
    for (String key : List.of("verdict", "restoreInstructions")) {
      assertThat(onRocket.get(key)).as(key).isEqualTo(onQemu.get(key));
    }
    for (String key : List.of("status", "calls", "demandPages")) {
      assertThat(onRocket.path(key)).as(key).isEqualTo(onQemu.path(key));
    }
    assertThat(onRocket.get("restoreInstructions").asLong()).isBetween(70L, 90L);
    assertThat(onRocket.get("restoreCycles").asLong()).isBetween(300L, 600L);
    assertThat(retries(longs(qemuTrace), longs(trace))).isLessThanOrEqualTo(MOST_RETRIES);
  }

  /** What a dump's program prints first. */
  private static String beginning(Dump dump, int lines) throws Exception {
    return dump.expectedOutput()
        .lines()
        .limit(lines)
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** How often the second of two traces that are otherwise the same repeats what it just did. */
  private static int retries(long[] expected, long[] trace) {
    int retries = 0;
    int at = 0;
    for (int i = 0; i < expected.length; i++) {
      if (trace[at] != expected[i]) {
        at += retriedInstructions(trace, at);
        retries++;
      }
      assertThat(trace[at]).as("user instruction %d of the trace", at).isEqualTo(expected[i]);
      at++;
    }
    assertThat(at).isEqualTo(trace.length);
    return retries;
  }

  private static int retriedInstructions(long[] trace, int at) {
    for (int count = 2; count <= MOST_RETRIED_INSTRUCTIONS; count++) {
      if (Arrays.equals(trace, at - count, at, trace, at, at + count)) {
        return count;
      }
    }
    throw new AssertionError(
        String.format("user instruction %d of the trace, 0x%x, is no retry", at, trace[at]));
  }

  private static long[] longs(Path trace) throws Exception {
    LongBuffer buffer =
        ByteBuffer.wrap(Files.readAllBytes(trace)).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    long[] longs = new long[buffer.remaining()];
    buffer.get(longs);
    return longs;
  }

  @ParameterizedTest
  @CsvSource({"riscv64-static, 20000, 0", "riscv64-dynamic, 230000, 1"})
  void aRealProcessGoesOnWhateverStateThePowerComesOnIn(String name, long instructions, int lines)
      throws Exception {
    Dump dump = new Dump(name);
    Path image = link(dump, Rocket.PLATFORM);
    Path zeroTrace = folder.resolve("zero");
    Path trace = folder.resolve("trace");
    JsonNode zero = run(image, "--instructions", instructions, "--trace", zeroTrace).json();

    for (int seed : SEEDS) {
      Thaw.Result result =
          run(image, "--instructions", instructions, "--trace", trace, "--seed", seed);

      assertThat(result.stdoutText()).as("seed %d", seed).isEqualTo(beginning(dump, lines));
      assertThat(result.json().get("verdict").asText()).isEqualTo("stopped");
      assertThat(result.json().get("restoreInstructions"))
          .as("seed %d", seed)
          .isEqualTo(zero.get("restoreInstructions"));
      assertThat(trace).as("seed %d", seed).hasSameBinaryContentAs(zeroTrace);
    }
  }

  /** QEMU's analysis, the core's run: the interval ends by itself, and what it wrote is right. */
  @Test
  void aTrimmedImageIsComplete() throws Exception {
    Path image = folder.resolve("small.elf");
    Thaw.Result trimmed =
        Thaw.run(
            "trim",
            new Dump("riscv64-dynamic").archive(),
            "--platform",
            Rocket.PLATFORM,
            "-o",
            image,
            "--warmup",
            10_000,
            "--instructions",
            100_000,
            "--keep",
            "words",
            "--check",
            "memory");
    assertThat(trimmed.status()).as(trimmed.toString()).isEqualTo(0);

    JsonNode result = run(image, "--seed", SEEDS[0]).json();

    assertThat(result.get("verdict").asText()).isEqualTo("complete");
    assertThat(result.get("restoreInstructions").asLong()).isEqualTo(84);
    assertThat(result.get("userInstructions").asLong()).isEqualTo(110_000);
  }

  /** The program compares all that it can read with what the checkpoint had. */
  @Test
  void registersAreAsTheyWereWhateverStateThePowerComesOnIn() throws Exception {
    Path onQemu = Rocket.image(folder, "registers", Patterns.riscv64(), QEMU);
    Path image = Rocket.image(folder, "registers", Patterns.riscv64(), Rocket.PLATFORM);
    byte[] expected = run(onQemu).stdout();

    for (int seed : SEEDS) {
      Thaw.Result result = run(image, "--seed", seed);

      assertThat(result.stdout()).as("seed %d", seed).isNotEmpty().isEqualTo(expected);
      assertThat(result.json().get("verdict").asText()).isEqualTo("exited");
    }
  }

  /** The core traps where QEMU does it: the stub stands in, and the program cannot tell. */
  @ParameterizedTest
  @ValueSource(strings = {"misaligned", "counters"})
  void whatTheCoreLeavesToTheStubComesOutAsOnQemu(String program) throws Exception {
    Riscv64Registers registers = withA0(0);
    Thaw.Result onQemu = run(Rocket.image(folder, program, registers, QEMU), "--count");

    Thaw.Result onRocket = run(Rocket.image(folder, program, registers, Rocket.PLATFORM));

    assertThat(onRocket.stdout()).isNotEmpty().isEqualTo(onQemu.stdout());
    assertThat(onRocket.json().get("userInstructions"))
        .isEqualTo(onQemu.json().get("userInstructions"));
  }

  private static Riscv64Registers withA0(long value) {
    Riscv64Registers pattern = Patterns.riscv64();
    List<Long> x = new ArrayList<>(pattern.x());
    x.set(Riscv64Registers.GENERAL_NAMES.indexOf("a0"), value);
    return new Riscv64Registers(x, pattern.pc(), pattern.f(), pattern.fcsr());
  }

  /** Illegal instructions, a breakpoint, and accesses to nothing: the reports are the same. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 5, 6, 7})
  void aProgramThatFailsFailsAsOnQemu(int what) throws Exception {
    Path onQemu = Rocket.image(folder, "faults", withA0(what), QEMU);
    Path image = Rocket.image(folder, "faults", withA0(what), Rocket.PLATFORM);

    JsonNode expected = Thaw.run("run", "--json", onQemu).json();
    Thaw.Result result = Thaw.run("run", "--json", image);

    assertThat(result.status()).as(result.toString()).isEqualTo(5);
    for (String key : (Iterable<String>) expected::fieldNames) {
      assertThat(result.json().get(key)).as(key).isEqualTo(expected.get(key));
    }
  }

  @Test
  void aRunThatIsTooLongEndsAndTellsHowFarItCame() throws Exception {
    Thaw.Result result =
        Thaw.run(
            "run",
            "--json",
            "--timeout",
            "2s",
            "--on",
            "verilator",
            new Dump("riscv64-static").archive());

    assertThat(result.status()).as(result.toString()).isEqualTo(124);
    assertThat(result.json().get("verdict").asText()).isEqualTo("time-out");
    assertThat(result.json().get("cycles").asLong()).isGreaterThan(10_000);
  }
}
