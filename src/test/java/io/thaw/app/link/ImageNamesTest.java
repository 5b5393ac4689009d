package io.thaw.app.link;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(ImageNames.of(Files.createFile(folder.resolve(dump)))).isEqualTo(Path.of(image));
  }

  @Test
  void aFolderGivenAsADotHasItsOwnName() throws IOException {
    Path dump = Files.createDirectory(folder.resolve("dump7"));

    assertThat(ImageNames.of(dump.resolve("."))).isEqualTo(Path.of("dump7.thaw.elf"));
  }
}
