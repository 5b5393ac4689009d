package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.image.ImageReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images in other formats, of real dumps. */
class ExportTest {

  private static final String HEAP = "4Mi";

  @TempDir Path folder;

  private Path link(Dump dump) throws Exception {
    Path image = folder.resolve("image.elf");
    run("link", dump.archive(), "-o", image, "--heap", HEAP);
    return image;
  }

  private static void run(Object... arguments) throws Exception {
    Thaw.Result result = Thaw.run(arguments);
    assertThat(result.status()).as(result.toString()).isZero();
  }

  @Test
  void aProcessGoesOnFromIntelHexInQemu() throws Exception {
    Dump dump = new Dump("aarch64-static");
    Path image = link(dump);
    Path hex = folder.resolve("image.ihex");
    run("export", image, "--format", "ihex", "-o", hex);
    long entry = ImageReader.read(image).entryPaddr();
    Path output = folder.resolve("output");

    Process qemu =
        new ProcessBuilder(
                List.of(
                    "qemu-system-aarch64",
                    "-M",
                    "virt",
                    "-cpu",
                    "max",
                    "-m",
                    "2G",
                    "-nodefaults",
                    "-no-reboot",
                    "-display",
                    "none",
                    "-chardev",
                    "file,id=out,path=" + output,
                    "-device",
                    "loader,file=" + hex,
                    "-device",
                    String.format("loader,addr=0x%x,cpu-num=0", entry),
                    "-semihosting-config",
                    "enable=on,target=native,chardev=out"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("qemu.txt").toFile())
            .start();

    assertThat(qemu.waitFor(2, TimeUnit.MINUTES)).as("QEMU ends by itself").isTrue();
    assertThat(qemu.exitValue()).as(Files.readString(folder.resolve("qemu.txt"))).isEqualTo(1);
    assertThat(Files.readString(output))
        .startsWith(dump.expectedOutput() + "\0thaw-report\nverdict=0x1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"elf", "bin", "hex", "ihex", "srec"})
  void linkingIntoAFormatIsLinkingAndExporting(String format) throws Exception {
    Dump dump = new Dump("x86-64-static");
    Path exported = folder.resolve("exported");
    Path linked = folder.resolve("linked");
    run("export", link(dump), "--format", format, "-o", exported);

    run("link", dump.archive(), "--format", format, "-o", linked, "--heap", HEAP);

    assertThat(linked).hasSameBinaryContentAs(exported);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }
}
