package io.thaw.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"link", "run", "export", "inspect"})
  void aFileThatIsNotThereIsInvalidInput(String command) {
    String file = folder.resolve("absent").toString();
    CommandRun run = CommandRun.of(command, file);

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: " + file + ": found no such file, acceptable: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"link", "run", "export", "inspect"})
  void aFileOfNonsenseIsInvalidInputAndLeavesNothing(String command) throws IOException {
    Path file = Files.write(folder.resolve("nonsense"), new byte[5000]);
    String[] args =
        List.of("link", "export").contains(command)
            ? new String[] {command, file.toString(), "-o", folder.resolve("out").toString()}
            : new String[] {command, file.toString()};
    CommandRun run = CommandRun.of(args);

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: ").contains("nonsense", "found", "acceptable");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anEmptyFolderIsNoDump() {
    CommandRun run = CommandRun.of("inspect", folder.toString());

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).startsWith("error: ").contains("found", "acceptable");
  }

  @Test
  void aFailedLinkLeavesTheExistingImageAlone() throws IOException {
    Path file = Files.write(folder.resolve("nonsense"), new byte[5000]);
    Path image = Files.writeString(folder.resolve("image"), "the old one");

    assertThat(CommandRun.of("link", file.toString(), "-o", image.toString()).status())
        .isEqualTo(3);
    assertThat(image).hasContent("the old one");
  }

  @Test
  void anElfFileIsNoDump() throws IOException {
    Path file = Files.writeString(folder.resolve("program"), "\177ELF and so on");
    CommandRun run = CommandRun.of("link", file.toString());

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("found an ELF file, acceptable: a folder or a tar of CRIU");
  }

  @Test
  void aFolderThatIsNoDumpIsNotRun() {
    CommandRun run = CommandRun.of("run", folder.toString());

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("found no folder with inventory.img");
  }

  @Test
  void anElfFileThatThawDidNotLinkIsNoImage() throws IOException {
    Path file = Files.writeString(folder.resolve("program"), "\177ELF and so on");

    assertThat(CommandRun.of("inspect", file.toString()).status()).isEqualTo(3);
    assertThat(CommandRun.of("run", file.toString()).status()).isEqualTo(3);
  }

  @Test
  void optionsOfDumpsAreRefusedForImages() throws IOException {
    Path file = Files.writeString(folder.resolve("program"), "\177ELF and so on");
    CommandRun run = CommandRun.of("inspect", file.toString(), "--pid", "7");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--sysroot and --pid are for dumps");
  }

  @Test
  void anOutputThatIsAFolderOrInNoFolderIsBadUsage() throws IOException {
    Path dump = Files.createDirectory(folder.resolve("dump"));
    String into = folder.toString();
    String nowhere = folder.resolve("absent/image").toString();

    assertThat(CommandRun.of("link", dump.toString(), "-o", into).status()).isEqualTo(2);
    assertThat(CommandRun.of("link", dump.toString(), "-o", nowhere).status()).isEqualTo(2);
  }

  @Test
  void theDumpItselfIsNotOverwritten() throws IOException {
    Path dump = Files.writeString(folder.resolve("dump.tar"), "precious");
    CommandRun run = CommandRun.of("link", dump.toString(), "-o", dump.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(dump).hasContent("precious");
  }
}
