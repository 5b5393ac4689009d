package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.rtl.RocketModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images for riscv64 platforms of one's own, on cores that have those devices. */
class OwnCoreTest {

  private static final String QEMU_PLATFORM =
      """
      description = "QEMU's virt with 2 MiB of RAM, its UART and its device for tests"
      architecture = "riscv64"
      entry = 0x80000000
      [[ram]]
      start = 0x80000000
      end = 0x80200000
      [processor]
      page-table-levels = 3
      [console]
      store = 0x10000000
      width = 1
      ready-load = 0x10000005
      ready-mask = 0x20
      [report]
      store = 0x10000000
      width = 1
      ready-load = 0x10000005
      ready-mask = 0x20
      [[exit]]
      store = 0x100000
      width = 4
      times = 0x10000
      plus = 0x3333
      """;

  private final Dump dump = new Dump("riscv64-static");
  @TempDir Path folder;

  private Path link(Path platform) throws Exception {
    Path image = folder.resolve("image.elf");
    Thaw.Result result =
        Thaw.run("link", dump.archive(), "--platform", platform, "--heap", "64Ki", "-o", image);
    assertThat(result.status()).as(result.toString()).isZero();
    return image;
  }

  /** The image takes 1.2 MiB; the model's test device ends QEMU with the verdict. */
  @Test
  void aProcessGoesOnInRamThatIsHardlyLargerThanTheImage() throws Exception {
    Path platform = Files.writeString(folder.resolve("small-virt.toml"), QEMU_PLATFORM);
    Path serial = folder.resolve("serial");
    List<String> arguments = new ArrayList<>(List.of("-M", "virt", "-bios", "none", "-m", "64M"));
    arguments.addAll(List.of("-display", "none", "-monitor", "none", "-serial", "file:" + serial));
    arguments.addAll(List.of("-kernel", link(platform).toString()));

    CommandLineRun qemu =
        CommandLineRun.of(
            Path.of("qemu-system-riscv64"), folder, Map.of(), arguments.toArray(String[]::new));

    assertThat(qemu.status()).as(qemu.toString()).isEqualTo(1);
    assertThat(Files.readString(serial))
        .startsWith(dump.expectedOutput() + "\0thaw-report\nverdict=0x1\nstatus=0x0\n")
        .endsWith("\nend\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[processor] | [[ram]]\\nstart = 0x80000000\\nend = 0x80400000\\n[processor]"
            + " | line 8, column 1, ram.start: found 0x80000000 | do not overlap",
        "[[exit]] | [[region-end]] | no [[exit]] | a way to end the simulation",
        "store = 0x100000 | store = 0x80100000 | a device at 0x80100000 | outside RAM",
        "entry = 0x80000000 | entry = 0x1000 | line 3, column 1, entry: found 0x1000"
            + " | in the first range of RAM",
        "width = 4 | widht = 4 | line 21, column 1, exit.widht | means nothing here"
      })
  void aPlatformThatCannotBeIsRefusedByLineAndColumn(
      String from, String to, String where, String acceptable) throws Exception {
    String text = QEMU_PLATFORM.replace(from, to.replace("\\n", "\n"));
    Path platform = Files.writeString(folder.resolve("bad.toml"), text);
    Path image = folder.resolve("image.elf");

    Thaw.Result result = Thaw.run("link", dump.archive(), "--platform", platform, "-o", image);

    assertThat(result.status()).as(result.toString()).isEqualTo(3);
    assertThat(result.stderr()).contains("bad.toml", where, acceptable);
    assertThat(image).doesNotExist();
  }

  /** The platform that comes with the testbench has its devices where the Rocket model has. */
  @Test
  void anImageForTheTestbenchsPlatformRunsInRtl() throws Exception {
    Path console = folder.resolve("console");
    Path report = folder.resolve("report");

    CommandLineRun model =
        CommandLineRun.of(
            RocketModel.program(System.err::println),
            folder,
            Map.of(),
            "image=" + link(Testbench.FOLDER.resolve("my-soc.toml")),
            "console=" + console,
            "report=" + report,
            "result=" + folder.resolve("result"),
            "seed=5");

    assertThat(model.status()).as(model.toString()).isEqualTo(1);
    assertThat(Files.readString(console)).isEqualTo(dump.expectedOutput());
    assertThat(Files.readString(report))
        .startsWith("thaw-report\nverdict=0x1\nstatus=0x0\n")
        .endsWith("\nend\n");
  }
}
