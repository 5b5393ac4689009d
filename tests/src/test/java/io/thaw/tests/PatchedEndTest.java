package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.image.ImageReader;
import io.thaw.linker.model.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trimmed images for x86-64 without debug registers, as gem5 is: INT3 tells the end. */
class PatchedEndTest {

  /** That none of the dump's instructions is refused is not what is tested here. */
  private static final String PLATFORM =
      """
      description = "a processor without debug registers"
      like = "gem5-x86_64"
      [processor]
      breakpoints = false
      xsave = true
      extended-state = ["avx", "pkru"]
      extensions = [
        "fpu", "tsc", "cx8", "cmov", "clflush", "mmx", "fxsr", "sse", "sse2", "pni", "ssse3",
        "cx16", "sse4_1", "sse4_2", "popcnt", "movbe", "aes", "xsave", "avx", "f16c", "fma",
        "bmi1", "bmi2", "avx2", "abm", "rdrand", "fsgsbase", "3dnowprefetch", "xsavec", "xsaveopt"
      ]
      """;

  private final Path dump = new Dump("x86-64-static-sse3").archive();
  @TempDir Path folder;
  private Path image;

  @BeforeEach
  void nameImage() {
    image = folder.resolve("small.elf");
  }

  private Thaw.Result trim(Path input, Object platform, long instructions) throws Exception {
    return Thaw.run(
        "trim",
        input,
        "--platform",
        platform,
        "-o",
        image,
        "--instructions",
        instructions,
        "--check",
        "memory");
  }

  private Manifest.Interval interval() throws Exception {
    return ImageReader.read(image).manifest().interval();
  }

  @ParameterizedTest
  @ValueSource(strings = {"qemu", "bochs"})
  void anEndInsideALoopIsExact(String simulator) throws Exception {
    Thaw.Result trimmed = trim(dump, "gem5-x86_64", 300_000);

    assertThat(trimmed.status()).as(trimmed.toString()).isEqualTo(0);
    assertThat(ImageReader.read(image).manifest().needs()).doesNotContain("breakpoints");
    assertThat(interval().markerHits()).isGreaterThan(10);
    Thaw.Result result = Thaw.run("run", "--json", "--on", simulator, image);
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(result.json().get("verdict").asText()).isEqualTo("complete");
    assertThat(result.json().get("markerHits").asLong()).isEqualTo(interval().markerHits());
  }

  /** Among them jumps, of which it is not known before where the program goes. */
  @Test
  void everyInstructionOfALoopMayBeTheEnd() throws Exception {
    for (long end = 300_000; end < 300_010; end++) {
      Thaw.Result trimmed = trim(dump, "gem5-x86_64", end);

      assertThat(trimmed.status()).as(trimmed.toString()).isEqualTo(0);
      assertThat(interval().instructions()).isEqualTo(end);
      Files.delete(image);
    }
  }

  @Test
  void aPlatformOfOnesOwnMayHaveNoBreakpoints() throws Exception {
    Path platform = folder.resolve("no-debug.toml");
    Files.writeString(platform, PLATFORM);
    Path whole = folder.resolve("whole.elf");
    Path other = new Dump("x86-64-dynamic").archive();
    assertThat(Thaw.run("link", other, "--platform", platform, "-o", whole).status()).isZero();

    Thaw.Result trimmed = trim(whole, platform, 200_000);

    assertThat(trimmed.status()).as(trimmed.toString()).isEqualTo(0);
    assertThat(interval().instructions()).isEqualTo(200_000);
  }
}
