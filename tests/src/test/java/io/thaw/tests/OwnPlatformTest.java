package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A platform of the user's, with devices that Thaw's own do not have: QEMU's virt again, but by its
 * UART and PSCI.
 */
class OwnPlatformTest {

  private static final String PLATFORM =
      """
      description = "PL011, PSCI"
      like = "qemu-aarch64"

      [console]
      store = 0x09000000
      width = 4

      [report]
      store = 0x09000000
      width = 4

      [[region-begin]]
      store = 0x09000000
      width = 4
      value = 0x3c

      [[region-end]]
      store = 0x09000000
      width = 4
      value = 0x3e

      [[exit]]
      psci = "system-off"
      by = "hvc"
      """;

  private final Dump dump = new Dump("aarch64-static");
  @TempDir Path folder;
  private Path platform;
  private Path image;

  @BeforeEach
  void makePlatform() throws Exception {
    platform = folder.resolve("uart-virt.toml");
    image = folder.resolve("image.elf");
    Files.writeString(platform, PLATFORM);
  }

  private static void thaw(Object... arguments) throws Exception {
    Thaw.Result result = Thaw.run(arguments);
    assertThat(result.status()).as(result.toString()).isEqualTo(0);
  }

  @Test
  void aWholeImageWritesAndEndsAsThePlatformSays() throws Exception {
    thaw("link", dump.archive(), "--platform", platform, "-o", image);

    assertThat(PlainQemu.aarch64(image, folder).serial())
        .startsWith(dump.expectedOutput() + "\0thaw-report\nverdict=0x1\n");
  }

  /** The power control of QEMU's microvm: SLP_TYP 5, SLP_EN. */
  @Test
  void aDeviceOfX86MayBeInMemory() throws Exception {
    Files.writeString(
        platform,
        """
        description = "power off by a store"
        like = "qemu-x86_64"

        [[exit]]
        store = 0xfea00200
        width = 1
        value = 0x34
        """);
    Dump x86 = new Dump("x86-64-static");
    thaw("link", x86.archive(), "--platform", platform, "-o", image);

    PlainQemu.Result run = PlainQemu.x86(image, folder);

    assertThat(run.status()).isZero();
    assertThat(run.serial()).isEqualTo(x86.expectedOutput());
  }

  @Test
  void whatTheStubCannotSeeIsRefused() throws Exception {
    Files.writeString(platform, "devices = [0x8000000000, -8]\n" + PLATFORM);

    Thaw.Result result = Thaw.run("link", dump.archive(), "--platform", platform, "-o", image);

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.stderr())
        .contains("platform uart-virt: devices: found a device at 0x8000000000")
        .contains("found a device at 0xfffffffffffffff8");
    assertThat(image).doesNotExist();
  }

  @Test
  void aTrimmedImageKeepsThePlatformsDevicesAndTellsOfTheRegion() throws Exception {
    Path whole = folder.resolve("whole.elf");
    thaw("link", dump.archive(), "--platform", platform, "-o", whole);
    thaw("trim", whole, "-o", image, "--warmup", 1000, "--instructions", 20_000);

    assertThat(PlainQemu.aarch64(image, folder).serial())
        .matches("(?s)[^<>]*<[^<>]*>\0thaw-report\nverdict=0x8\n.*end\n");
  }

  @Test
  void anIntervalThatThePlatformCannotRunIsRefusedByName() throws Exception {
    Path poor = folder.resolve("poor.toml");
    Files.writeString(
        poor, "description = \"x\"\nlike = \"qemu-aarch64\"\n[processor]\nextensions = [\"fp\"]\n");

    Thaw.Result result =
        Thaw.run(
            "trim", dump.archive(), "--platform", poor, "-o", image, "--instructions", 100_000);

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.stderr()).contains("interval: found instructions of asimd", "poor");
    assertThat(image).doesNotExist();
  }

  @Test
  void anImageOfAnotherPlatformThanTheOneThatIsGivenIsRefused() throws Exception {
    thaw("link", dump.archive(), "-o", image);

    Thaw.Result result =
        Thaw.run(
            "trim",
            image,
            "--platform",
            platform,
            "-o",
            folder.resolve("small"),
            "--instructions",
            9);

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.stderr()).contains("platform: found 'qemu-aarch64'", "uart-virt");
  }

  @Test
  void thawRunsNoImageOfAPlatformThatItDoesNotKnow() throws Exception {
    thaw("link", dump.archive(), "--platform", platform, "-o", image);

    Thaw.Result result = Thaw.run("run", image);

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.stderr()).contains("platform: found 'uart-virt'");
  }
}
