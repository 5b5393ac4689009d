package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts for gem5 with real images, on what stands in for gem5's Python modules. */
class Gem5ScriptsTest {

  private static final String MARK = "simpoint starting point found:0";

  @TempDir Path folder;

  private int script(String name, String events, Object... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add("python3");
    command.add(Path.of("..", "gem5", name).toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(messages().toFile());
    builder.environment().put("PYTHONPATH", "gem5");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("THAW_EVENTS", events);
    builder.environment().put("THAW_OUTDIR", folder.toString());
    return builder.start().waitFor();
  }

  private Path messages() {
    return folder.resolve("messages");
  }

  private JsonNode results() throws Exception {
    return new ObjectMapper().readTree(folder.resolve("results").toFile());
  }

  private String order() throws Exception {
    return Files.readAllLines(folder.resolve("stats.txt")).stream()
        .filter(line -> line.startsWith("log."))
        .reduce((first, second) -> second)
        .orElseThrow()
        .replaceAll("log\\.| .*", "");
  }

  private Path link(String dump, String platform) throws Exception {
    Path image = folder.resolve("image.elf");
    Thaw.Result result =
        Thaw.run("link", new Dump(dump).archive(), "--platform", platform, "-o", image);
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    return image;
  }

  @ParameterizedTest
  @CsvSource({
    "x86-64-static-sse, gem5-x86_64, thaw_x86.py, o3, ''",
    "aarch64-static, qemu-aarch64, thaw_arm.py, minor, --el=1",
    "aarch64-dynamic, gem5-aarch64, thaw_arm.py, atomic, --pmu",
    "riscv64-static, gem5-riscv64, thaw_riscv.py, timing, --dram=DDR4_2400_8x8",
  })
  void statisticsBeginBehindTheRestorePathAndEndWithTheRun(
      String dump, String platform, String script, String cpu, String more) throws Exception {
    Path console = folder.resolve("console");
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                link(dump, platform),
                "--caches",
                "--cpu",
                cpu,
                "--console",
                console,
                "--results",
                folder.resolve("results")));
    if (!more.isEmpty()) {
      arguments.add(more);
    }

    int status = script(script, MARK + ";the end:1", arguments.toArray());

    assertThat(status).as(Files.readString(messages())).isZero();
    assertThat(order()).isEqualTo("instantiate.simulate.reset.simulate.dump");
    assertThat(results().get("code").asInt()).isEqualTo(1);
    assertThat(results().get("instructions").asLong()).isEqualTo(1000);
    assertThat(results().get("cycles").asLong()).isEqualTo(4000);
    assertThat(results().get("instructionsBefore").asLong()).isEqualTo(79);
    assertThat(results().get("regionEnded").asBoolean()).isFalse();
  }

  @Test
  void statisticsOfATrimmedImageEndWithItsRegion() throws Exception {
    Path small = folder.resolve("small.elf");
    Thaw.Result trimmed =
        Thaw.run(
            "trim",
            new Dump("aarch64-static").archive(),
            "--platform",
            "gem5-aarch64",
            "-o",
            small,
            "--instructions",
            10_000);
    assertThat(trimmed.status()).as(trimmed.toString()).isEqualTo(0);

    int status =
        script(
            "thaw_arm.py",
            MARK + ";" + MARK + ";semi:8",
            small,
            "--console",
            folder.resolve("console"),
            "--results",
            folder.resolve("results"));

    assertThat(status).as(Files.readString(messages())).isZero();
    assertThat(order()).isEqualTo("instantiate.simulate.reset.simulate.dump");
    assertThat(results().get("code").asInt()).isEqualTo(8);
    assertThat(results().get("regionEnded").asBoolean()).isTrue();
    assertThat(folder.resolve("console")).hasContent("program\nprogram\nprogram\n");
  }

  @Test
  void aRegionThatIsNotReachedHasNoStatistics() throws Exception {
    int status = script("thaw_arm.py", "semi:7", link("aarch64-static", "qemu-aarch64"));

    assertThat(status).isEqualTo(1);
    assertThat(Files.readString(messages())).contains("\"code\": 7").doesNotContain("cycles");
    assertThat(folder.resolve("stats.txt")).doesNotExist();
  }

  @Test
  void anEndThatIsNoSuccessIsNone() throws Exception {
    int status = script("thaw_arm.py", MARK + ";semi:3", link("aarch64-static", "qemu-aarch64"));

    assertThat(status).isEqualTo(1);
    assertThat(Files.readString(messages())).contains("\"code\": 3");
  }

  @ParameterizedTest
  @CsvSource({
    "x86-64-static, qemu-x86_64, thaw_x86.py, found avx",
    "aarch64-static, qemu-aarch64, thaw_x86.py, 'found aarch64, acceptable: x86-64'",
  })
  void imagesThatCannotRunAreRefused(String dump, String platform, String script, String message)
      throws Exception {
    assertThat(script(script, MARK, link(dump, platform))).isEqualTo(1);
    assertThat(Files.readString(messages())).contains(message);
  }

  @Test
  void whatIsNoImageIsRefused() throws Exception {
    assertThat(script("thaw_arm.py", MARK, "/bin/true")).isEqualTo(1);
    assertThat(Files.readString(messages())).contains("not an image of Thaw's");
  }
}
