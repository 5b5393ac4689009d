package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real dumps on gem5, where there is one. */
class Gem5Test {

  @TempDir Path folder;

  @BeforeEach
  void assumeGem5() {
    assumeTrue(
        System.getenv("THAW_GEM5") != null,
        "SKIPPED: nothing runs on gem5 unless THAW_GEM5 names its gem5.opt");
  }

  private Path trim(String dump, String platform, Object... interval) throws Exception {
    Path image = folder.resolve("small.elf");
    List<Object> command =
        new ArrayList<>(
            List.of("trim", new Dump(dump).archive(), "-o", image, "--platform", platform));
    command.addAll(List.of(interval));
    Thaw.Result trimmed = Thaw.run(command.toArray());
    assertThat(trimmed.status()).as(trimmed.toString()).isEqualTo(0);
    return image;
  }

  private JsonNode completed(Path image, String cpu) throws Exception {
    Thaw.Result result = Thaw.run("run", "--json", "--on", "gem5", "--cpu", cpu, image);
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(result.json().get("verdict").asText()).isEqualTo("complete");
    return result.json();
  }

  @ParameterizedTest
  @CsvSource({
    "x86-64-static-sse3, atomic",
    "x86-64-static-sse3, timing",
    "x86-64-static-sse3, o3",
    "x86-64-dynamic-sse3, atomic",
    "x86-64-dynamic-sse3, o3",
    "aarch64-static, atomic",
    "aarch64-static, minor",
    "aarch64-static, o3",
    "aarch64-dynamic, atomic",
    "aarch64-dynamic, o3",
    "aarch64-dynamic-pac, o3",
    "riscv64-static, minor",
    "riscv64-static, o3",
    "riscv64-dynamic, timing",
  })
  void aRealProcessGoesOn(String name, String cpu) throws Exception {
    Dump dump = new Dump(name);

    Thaw.Result result =
        Thaw.run("run", "--json", "--on", "gem5", "--cpu", cpu, "--caches", dump.archive());

    assertThat(result.stdoutText()).isEqualTo(dump.expectedOutput());
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(result.json().get("verdict").asText()).isEqualTo("exited");
    assertThat(result.json().get("regionCpi").asDouble()).isPositive();
  }

  /** As many as in QEMU, and none of them among the region's. */
  @ParameterizedTest
  @CsvSource({
    "x86-64-static-sse3, pc, 52",
    "aarch64-static, vexpress-el1, 64",
    "aarch64-static, vexpress-el2, 70",
    "aarch64-static, vexpress, 76",
    "riscv64-static, baremetal, 84",
  })
  void theRestorePathIsAsLongAsAnywhere(String dump, String machine, long restoreInstructions)
      throws Exception {
    Thaw.Result result =
        Thaw.run("run", "--json", "--on", "gem5", "--machine", machine, new Dump(dump).archive());

    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(result.json().get("instructionsBeforeRegion").asLong())
        .isEqualTo(restoreInstructions);
  }

  @ParameterizedTest
  @CsvSource({
    "aarch64-static, gem5-aarch64, atomic",
    "aarch64-static, gem5-aarch64, timing",
    "aarch64-static, gem5-aarch64, minor",
    "aarch64-static, gem5-aarch64, o3",
    "riscv64-dynamic, gem5-riscv64, atomic",
    "riscv64-dynamic, gem5-riscv64, minor",
    "riscv64-dynamic, gem5-riscv64, o3",
    "x86-64-static-sse3, gem5-x86_64, atomic",
    "x86-64-static-sse3, gem5-x86_64, timing",
    "x86-64-dynamic-sse3, gem5-x86_64, o3",
  })
  void theRegionIsTheInterval(String dump, String platform, String cpu) throws Exception {
    Path image = trim(dump, platform, "--warmup", 5_000, "--instructions", 100_000);

    JsonNode json = completed(image, cpu);

    assertThat(json.get("regionsBegun").asLong()).isEqualTo(1);
    assertThat(json.get("instructionsBeforeRegion").asLong()).isGreaterThan(5_000);
    // The stub's instructions at its stops are simulated, too.
    long stops = json.get("markerHits").asLong();
    assertThat(json.get("regionInstructions").asLong())
        .isBetween(100_000L, 102_000L + stops * 1_100);
  }

  /** An instruction that traps is counted by some of gem5's processors. */
  @ParameterizedTest
  @CsvSource({"timing", "minor", "o3"})
  void theProcessorsOwnCountersAreRead(String cpu) throws Exception {
    Path image =
        trim("aarch64-static", "gem5-aarch64", "--warmup", 5_000, "--instructions", 100_000);

    JsonNode json = completed(image, cpu);

    assertThat(json.get("pmuInstructions").asLong()).isCloseTo(100_000L, withinPercentage(0.5));
    assertThat(json.get("pmuCycles").asLong()).isPositive();
  }

  @Test
  void anEndByBreakpointsOfTheProcessorIsRefused() throws Exception {
    Path image = trim("aarch64-static", "qemu-aarch64", "--instructions", 10_000);

    Thaw.Result result = Thaw.run("run", "--on", "gem5", image);

    assertThat(result.status()).as(result.toString()).isEqualTo(3);
    assertThat(result.stderr()).contains("found breakpoints", "--platform gem5-aarch64");
  }

  @Test
  void whatTakesTooLongIsEnded() throws Exception {
    Thaw.Result result =
        Thaw.run(
            "run", "--on", "gem5", "--timeout", "5s", new Dump("x86-64-dynamic-sse3").archive());

    assertThat(result.status()).as(result.toString()).isEqualTo(124);
  }
}
