package io.thaw.linker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.DataFile;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostileTarTest {

  @TempDir private Path folder;

  private final SampleTree sample =
      new SampleTree()
          .folder("img")
          .file("img/pages-1.img", incompressible(5000))
          .file("img/" + "long".repeat(40), new byte[] {1})
          .link("img/parent", "../older");

  private static byte[] incompressible(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  /** Opens and asks; whatever the bytes, the only refusal is an InvalidInputException. */
  private void tryToRead(byte[] archive) throws IOException {
    Path path = Files.write(folder.resolve("damaged"), archive);
    try (FileTree tree = FileTree.open(path)) {
      for (String name : tree.list("img")) {
        DataFile file = tree.find("img/" + name).orElse(null);
        if (file != null) {
          assertThat(file.startBytes()).isNotNegative();
          assertThat(file.sizeBytes()).isBetween(0L, Files.size(file.path()) - file.startBytes());
        }
      }
    } catch (InvalidInputException e) {
      assertThat(e.problems().get(0).file()).startsWith("damaged");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FOLDER")
  void aTruncatedArchiveIsRefusedOrReadAsFarAsItGoes(SampleTree.Form form) throws Exception {
    byte[] whole = sample.tar(form);
    for (int length = 0; length < whole.length; length += 61) {
      tryToRead(Arrays.copyOf(whole, length));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FOLDER")
  void anArchiveWithChangedBytesIsRefusedOrRead(SampleTree.Form form) throws Exception {
    byte[] whole = sample.tar(form);
    Random random = new Random(2);
    for (int round = 0; round < 150; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= round % 4; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      tryToRead(damaged);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FOLDER", "TAR"})
  void halfOfACompressedArchiveIsRefused(SampleTree.Form form) throws Exception {
    byte[] whole = sample.tar(form);
    Path half = Files.write(folder.resolve("half"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> FileTree.open(half))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("half");
  }

  @Test
  void aMemberBeyondTheEndIsRefused() throws Exception {
    byte[] whole = sample.tar(SampleTree.Form.TAR);
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, 512 + 512 + 4000));
    assertThatThrownBy(() -> FileTree.open(cut))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cut");
  }

  @Test
  void aPathThatLeadsOutOfTheArchiveIsRefused() throws Exception {
    SampleTree hostile = new SampleTree().file("a", new byte[1]).link("out", "../../etc/passwd");
    try (FileTree tree = FileTree.open(hostile.write(folder, SampleTree.Form.TAR))) {
      assertThatThrownBy(() -> tree.find("out"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("sample!out");
      assertThatThrownBy(() -> tree.find("../a")).isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void aHardLinkIsTheFileItNames() throws Exception {
    SampleTree linked =
        new SampleTree()
            .file("img/a", new byte[] {5})
            .special(TarConstants.LF_LINK, "other/b", "img/a")
            .special(TarConstants.LF_LINK, "self", "self");
    try (FileTree tree = FileTree.open(linked.write(folder, SampleTree.Form.TAR))) {
      assertThat(SampleTree.bytesOf(tree.find("other/b").orElseThrow())).containsExactly(5);
      assertThatThrownBy(() -> tree.find("self")).isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void ofMembersWithOneNameTheLastCounts() throws Exception {
    SampleTree twice =
        new SampleTree()
            .file("a", new byte[] {1})
            .file("a", new byte[] {2})
            .file("d", new byte[1])
            .folder("d");
    try (FileTree tree = FileTree.open(twice.write(folder, SampleTree.Form.TAR))) {
      assertThat(SampleTree.bytesOf(tree.find("a").orElseThrow())).containsExactly(2);
      assertThat(tree.isDirectory("d")).isTrue();
    }
  }

  @Test
  void devicesAndQueuesAreNoFiles() throws Exception {
    SampleTree special =
        new SampleTree()
            .special(TarConstants.LF_FIFO, "queue", "")
            .special(TarConstants.LF_CHR, "char", "")
            .special(TarConstants.LF_BLK, "block", "");
    try (FileTree tree = FileTree.open(special.write(folder, SampleTree.Form.TAR))) {
      assertThat(tree.find("queue")).isEmpty();
      assertThat(tree.find("char")).isEmpty();
      assertThat(tree.find("block")).isEmpty();
    }
  }

  @Test
  void aPathLongerThanLinuxTakesIsRefused() throws Exception {
    SampleTree deep = new SampleTree().file("a/".repeat(3000) + "b", new byte[1]);
    Path path = deep.write(folder, SampleTree.Form.GZIP);
    assertThatThrownBy(() -> FileTree.open(path))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("6001 characters");
  }

  @Test
  void aSparseMemberIsRefusedByNameWhenAskedFor() throws Exception {
    byte[] header = new byte[2048];
    put(header, 0, "holes.img");
    put(header, 100, "0000644\0" + "0000000\0" + "0000000\0" + "00000000000\0" + "00000000000\0");
    put(header, 156, "S");
    put(header, 257, "ustar  ");
    put(header, 386, "00000000000\0" + "00000000000\0");
    put(header, 483, "00000010000\0");
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += header[i];
    }
    put(header, 148, String.format("%06o\0 ", sum));
    try (FileTree tree = FileTree.open(Files.write(folder.resolve("sparse"), header))) {
      assertThat(tree.list("")).containsExactly("holes.img");
      assertThatThrownBy(() -> tree.find("holes.img"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("sparse!holes.img");
    }
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
