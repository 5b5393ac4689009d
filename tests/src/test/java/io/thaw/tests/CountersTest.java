package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The processor's own counters, read by the image itself. */
class CountersTest {

  @TempDir Path folder;

  private JsonNode run(String dump, Object... interval) throws Exception {
    Path whole = folder.resolve("whole.elf");
    Path image = folder.resolve("small.elf");
    Thaw.Result linked = Thaw.run("link", new Dump(dump).archive(), "-o", whole);
    assertThat(linked.status()).as(linked.toString()).isZero();
    List<Object> trim = new ArrayList<>(List.of("trim", whole, "-o", image));
    trim.addAll(List.of(interval));
    Thaw.Result trimmed = Thaw.run(trim.toArray());
    assertThat(trimmed.status()).as(trimmed.toString()).isZero();
    Thaw.Result run = Thaw.run("run", image, "--json");
    assertThat(run.status()).as(run.toString()).isZero();
    return new ObjectMapper().readTree(run.stderr());
  }

  @ParameterizedTest
  @CsvSource({
    "aarch64-static, 1000, 20000",
    "aarch64-static, 1, 1",
    "aarch64-static, 5000, 1000000",
    "aarch64-dynamic, 777, 123456"
  })
  void countExactlyTheProgramsInstructionsOfTheRegion(String dump, long warmup, long instructions)
      throws Exception {
    JsonNode result = run(dump, "--warmup", warmup, "--instructions", instructions);

    assertThat(result.get("verdict").asText()).isEqualTo("complete");
    assertThat(result.get("pmuInstructions").asLong()).isEqualTo(instructions);
    assertThat(result.get("pmuCycles").asLong()).isGreaterThanOrEqualTo(instructions);
    assertThat(result.get("pmuCpi").asDouble()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void sayNothingWhereTheRegionBeginsWithTheImage() throws Exception {
    assertThat(run("aarch64-static", "--instructions", 20_000).has("pmuInstructions")).isFalse();
  }

  @Test
  void sayNothingOnAnArchitectureWhoseCountersAreNotRead() throws Exception {
    JsonNode result = run("x86-64-static", "--warmup", 1000, "--instructions", 20_000);

    assertThat(result.has("pmuInstructions")).isFalse();
  }
}
