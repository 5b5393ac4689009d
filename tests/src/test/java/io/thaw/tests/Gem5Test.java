package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
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

  @ParameterizedTest
  @CsvSource({
    "x86-64-static-sse3, atomic",
    "x86-64-static-sse3, o3",
    "x86-64-dynamic-sse3, atomic",
    "x86-64-dynamic-sse3, o3",
    "aarch64-static, atomic",
    "aarch64-static, o3",
    "aarch64-dynamic, minor",
    "riscv64-static, atomic",
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

  /** What gem5 counts in the region is what was asked for, and what the stub executes in it. */
  @Test
  void theRegionIsTheInterval() throws Exception {
    Path image = folder.resolve("small.elf");
    Thaw.Result trimmed =
        Thaw.run(
            "trim",
            new Dump("aarch64-static").archive(),
            "-o",
            image,
            "--warmup",
            5_000,
            "--instructions",
            100_000);
    assertThat(trimmed.status()).as(trimmed.toString()).isEqualTo(0);

    JsonNode json = Thaw.run("run", "--json", "--on", "gem5", image).json();

    assertThat(json.get("verdict").asText()).isEqualTo("complete");
    assertThat(json.get("regionInstructions").asLong()).isBetween(100_000L, 300_000L);
  }
}
