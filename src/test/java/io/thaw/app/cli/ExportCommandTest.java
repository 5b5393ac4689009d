package io.thaw.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportCommandTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--format vax                           | found 'vax', acceptable: elf, bin, hex, ihex, srec",
        "--word-bytes 4                         | --word-bytes is for --format hex, and this is elf",
        "--format bin --word-order big          | --word-order is for --format hex, and this is bin",
        "--format bin --banks 2                 | --banks is for --format hex, and this is bin",
        "--format srec --address-unit words     | --address-unit is for --format hex, and this is srec",
        "--format ihex --fill 1                 | --fill is for --format bin and hex, and this is ihex",
        "--address-base 0x1000                  | --address-base is for --format bin, hex, ihex and srec",
        "--sparse                               | --sparse is for --format bin, hex, ihex and srec",
        "--format hex --word-bytes 3            | found 3 bytes in a word, acceptable: a power of two",
        "--format hex --word-bytes x            | found 'x', acceptable: a number",
        "--format hex --word-order middle       | found 'middle', acceptable: little, big",
        "--format hex --address-unit bits       | found 'bits', acceptable: bytes, words",
        "--format hex --banks 9999999999        | found '9999999999', acceptable: a number below",
        "--format hex --sparse --fill 1         | found fill 0x1 of sparse memory, acceptable: 0"
      })
  void optionsThatCannotBeAreRefusedBeforeAnythingIsRead(String options, String says) {
    for (String command : new String[] {"export", "link"}) {
      CommandRun run = CommandRun.of((command + " absent " + options).split(" +", -1));

      assertThat(run.status()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).contains(says);
    }
  }

  @Test
  void anImageIsNotOverwrittenByItself() throws IOException {
    Path image = Files.writeString(folder.resolve("image"), "precious");
    CommandRun run = CommandRun.of("export", image.toString(), "-o", image.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("OUT and IMAGE are the same file");
    assertThat(image).hasContent("precious");
  }

  @Test
  void aBankThatIsAFolderIsBadUsage() throws IOException {
    Path image = Files.writeString(folder.resolve("image"), "\177ELF and so on");
    Path out = folder.resolve("out");
    Files.createDirectory(folder.resolve("out.1"));
    CommandRun run =
        CommandRun.of(
            "export", image.toString(), "-o", out.toString(), "--format", "hex", "--banks", "2");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("out.1 is a folder");
  }
}
