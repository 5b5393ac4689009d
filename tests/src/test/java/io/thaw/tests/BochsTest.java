package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same image runs on Bochs, which checks more strictly than QEMU, as on QEMU. */
class BochsTest {

  @TempDir Path folder;

  private Path link(Dump dump, String platform) throws Exception {
    Path image = folder.resolve("image.elf");
    Thaw.Result result = Thaw.run("link", dump.archive(), "--platform", platform, "-o", image);
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    return image;
  }

  private static void assertRuns(Dump dump, Path image, String simulator) throws Exception {
    Thaw.Result result = Thaw.run("run", "--json", "--on", simulator, "--timeout", "3m", image);
    assertThat(result.stdoutText()).isEqualTo(dump.expectedOutput());
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(result.json().get("verdict").asText()).isEqualTo("exited");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86-64-static", "x86-64-dynamic"})
  void anImageForQemuRunsOnBochs(String name) throws Exception {
    Dump dump = new Dump(name);

    assertRuns(dump, link(dump, "qemu-x86_64"), "bochs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bochs", "qemu"})
  void anImageForGem5RunsOnTheOthers(String simulator) throws Exception {
    Dump dump = new Dump("x86-64-static-sse");

    assertRuns(dump, link(dump, "gem5-x86_64"), simulator);
  }

  @Test
  void aTrimmedImageIsCompleteOnBochs() throws Exception {
    Path image = folder.resolve("small.elf");
    Thaw.Result trimmed =
        Thaw.run(
            "trim",
            new Dump("x86-64-static").archive(),
            "-o",
            image,
            "--instructions",
            100_000,
            "--check",
            "memory");
    assertThat(trimmed.status()).as(trimmed.toString()).isEqualTo(0);

    Thaw.Result result = Thaw.run("run", "--json", "--on", "bochs", "--timeout", "3m", image);

    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(result.json().get("verdict").asText()).isEqualTo("complete");
  }

  @Test
  void whatBochsCannotDoIsAUsageError() throws Exception {
    Thaw.Result result =
        Thaw.run("run", "--on", "bochs", "--count", new Dump("x86-64-static").archive());

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.stderr()).contains("--count is not possible on bochs");
  }

  @Test
  void anotherArchitectureIsRefused() throws Exception {
    Thaw.Result result = Thaw.run("run", "--on", "bochs", new Dump("aarch64-static").archive());

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.stderr()).contains("qemu-aarch64", "bochs");
  }
}
