package io.thaw.linker.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.model.DataRef;
import io.thaw.linker.model.Effect;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.Recording;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording of bash on AArch64, damaged: it is refused, whatever is damaged. */
class DamagedRecordingTest {

  private static final Path BUNDLED =
      Path.of("..", "tests", "fixtures", "recordings", "aarch64-bash.tar.xz");
  private static final int MUTATIONS = 300;

  @TempDir Path folder;

  @BeforeEach
  void unpack() throws Exception {
    Process tar =
        new ProcessBuilder(
                "tar", "-xJf", BUNDLED.toString(), "-C", folder.toString(), "--strip-components=1")
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isEqualTo(0);
  }

  private Recording read() throws Exception {
    try (FileTree tree = FileTree.open(folder)) {
      return RecordingReader.read(tree);
    }
  }

  private void assertRefused(String file) {
    assertThatThrownBy(this::read)
        .as(file)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found")
        .hasMessageContaining("acceptable");
  }

  @Test
  void whatWasWrittenIsRead() throws Exception {
    Recording recording = read();

    assertThat(recording.events()).hasSize(120);
    assertThat(recording.description().command().get(0)).endsWith("bash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"events.img", "registers.bin"})
  void eachByteOfEventsAndRegistersIsUnderAChecksum(String name) throws Exception {
    Path file = folder.resolve(name);
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      Files.write(file, bad);
      assertRefused(name);
    }
  }

  @Test
  void eachByteOfDataThatAnEventUsesIsUnderAChecksum() throws Exception {
    Path file = folder.resolve("data.bin");
    byte[] good = Files.readAllBytes(file);
    int checked = 0;
    for (Event event : read().events()) {
      for (Effect effect : event.effects()) {
        if (effect instanceof Effect.Written written && written.bytes().sizeBytes() > 0) {
          DataRef bytes = written.bytes();
          byte[] bad = good.clone();
          bad[(int) (bytes.offsetBytes() + bytes.sizeBytes() - 1)] ^= 1;
          Files.write(file, bad);
          assertRefused("data.bin");
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"recording.json", "events.img", "registers.bin", "data.bin", "img/mm-185.img"})
  void aFileThatIsMissingOrShortIsRefused(String name) throws Exception {
    Path file = folder.resolve(name);
    byte[] good = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, good.length / 2, good.length - 1}) {
      Files.write(file, Arrays.copyOf(good, length));
      assertRefused(name);
    }
    Files.delete(file);
    if (!name.equals("events.img")) { // without it, it is a dump
      assertRefused(name);
    }
  }

  @Test
  void moreEventsThanAreDescribedAreRefused() throws Exception {
    Path file = folder.resolve("events.img");
    byte[] good = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(good, good.length + 1));

    assertRefused("events.img");
  }

  @Test
  void aMappedFileOfAnotherSizeIsRefused() throws Exception {
    Files.walkFileTree(
        folder.resolve("sysroot"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path shorter = Files.write(folder.resolve("shorter"), new byte[1]);
            Files.move(shorter, file, StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
          }
        });

    assertRefused("sysroot");
  }
}
