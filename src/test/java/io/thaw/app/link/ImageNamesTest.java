package io.thaw.app.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.format.FormatKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNamesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "counter.tar, counter.thaw.elf",
    "counter.tar.gz, counter.thaw.elf",
    "counter.tar.xz, counter.thaw.elf",
    "counter.tar.zst, counter.thaw.elf",
    "counter.TGZ, counter.thaw.elf",
    "my.tar.tar.xz, my.tar.thaw.elf",
    "counter, counter.thaw.elf",
    ".tar, .tar.thaw.elf"
  })
  void theSuffixOfAnArchiveGivesWayToTheImages(String dump, String image) throws IOException {
    assertThat(ImageNames.of(Files.createFile(folder.resolve(dump)), FormatKind.ELF))
        .isEqualTo(Path.of(image));
  }

  @Test
  void aFolderGivenAsADotHasItsOwnName() throws IOException {
    Path dump = Files.createDirectory(folder.resolve("dump7"));

    assertThat(ImageNames.of(dump.resolve("."), FormatKind.ELF))
        .isEqualTo(Path.of("dump7.thaw.elf"));
  }

  @Test
  void theFormatGivesTheSuffix() throws IOException {
    Path dump = Files.createFile(folder.resolve("counter.tar"));

    assertThat(ImageNames.of(dump, FormatKind.SREC)).isEqualTo(Path.of("counter.thaw.srec"));
  }

  @ParameterizedTest
  @CsvSource({
    "images/counter.thaw.elf, counter.thaw.hex",
    "counter, counter.hex",
    "counter.bin, counter.bin.hex",
    ".elf, .elf.hex"
  })
  void anExportedImageKeepsItsNameAndChangesItsSuffix(Path image, Path exported) {
    assertThat(ImageNames.ofExport(image, FormatKind.HEX)).isEqualTo(exported);
  }
}
