package io.thaw.linker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.problem.InvalidInputException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are not whole, or whose headers cost more than they are worth. */
class TarHeadersTest {

  private static final int BLOCK = 512;

  @TempDir private Path folder;

  private void assertRefused(byte[] archive, String... parts) throws Exception {
    Path path = Files.write(folder.resolve("sample"), archive);
    assertThatThrownBy(() -> FileTree.open(path))
        .as("%d bytes", archive.length)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void anArchiveCutOffAnywhereIsRefused() throws Exception {
    byte[] whole =
        new SampleTree()
            .file("a", new byte[700])
            .file("b", new byte[0])
            .file("c", new byte[512])
            .tar(SampleTree.Form.TAR);
    int endOfMembers = BLOCK + 2 * BLOCK + BLOCK + 2 * BLOCK;

    for (int length = BLOCK; length < endOfMembers + BLOCK; length += BLOCK / 2) {
      assertRefused(Arrays.copyOf(whole, length), "sample");
    }
  }

  @Test
  void anArchiveThatEndsBehindAMemberIsNotTakenForWhole() throws Exception {
    byte[] whole =
        new SampleTree()
            .file("a", new byte[BLOCK])
            .file("b", new byte[BLOCK])
            .tar(SampleTree.Form.TAR);

    assertRefused(
        Arrays.copyOf(whole, 2 * BLOCK),
        "offset 0x400: found the end of the file, acceptable: a block of zeros");
  }

  @Test
  void membersWhoseNamesLeadOutOfTheArchiveAreRefused() throws Exception {
    assertRefused(
        new SampleTree().file("img/../../etc/passwd", new byte[1]).tar(SampleTree.Form.TAR),
        "member img/../../etc/passwd");
  }

  @Test
  void moreFoldersThanAnyDumpHasAreRefused() throws Exception {
    SampleTree deep = new SampleTree();
    for (int i = 0; i < 120; i++) {
      deep.file(i + "/a".repeat(2000), new byte[0]);
    }

    assertRefused(deep.tar(SampleTree.Form.TAR), "found more members, acceptable: at most 200000");
  }

  @Test
  void aNameThatIsLongerThanAllHeadersTogetherMayBeIsNotRead() throws Exception {
    TarArchiveEntry entry =
        new TarArchiveEntry(TarConstants.GNU_LONGLINK, TarConstants.LF_GNUTYPE_LONGNAME);
    entry.setSize(200 << 20);
    byte[] header = new byte[BLOCK];
    entry.writeEntryHeader(header);
    Path path = folder.resolve("sample");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(header);
      file.setLength(300L << 20);
    }

    assertThatThrownBy(() -> FileTree.open(path))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("headers of more than");
  }

  @Test
  void hardLinksAreNamedFromTheRootOfTheArchiveInASysrootToo() throws Exception {
    SampleTree sample =
        new SampleTree()
            .file("dump/sysroot/lib/a", "a".getBytes(StandardCharsets.US_ASCII))
            .special(TarConstants.LF_LINK, "dump/sysroot/lib/b", "dump/sysroot/lib/a");
    try (FileTree tree = FileTree.open(sample.write(folder, SampleTree.Form.TAR))) {
      assertThat(tree.subtree("dump/sysroot").find("/lib/b")).isPresent();
    }
  }

  @Test
  void pathsAreShownAsTheUserKnowsThem() throws Exception {
    SampleTree sample = new SampleTree().file("dump/sysroot/lib/a", new byte[1]);
    try (FileTree tree = FileTree.open(sample.write(folder, SampleTree.Form.TAR))) {
      FileTree sysroot = tree.subtree("dump/sysroot");
      assertThat(tree.label("dump/x")).isEqualTo("sample!dump/x");
      assertThat(sysroot.label("lib/x")).isEqualTo("sample!dump/sysroot/lib/x");
      assertThat(sysroot.find("lib/a").orElseThrow().name()).isEqualTo("sample!dump/sysroot/lib/a");
    }
    assertThat(FileTree.ofSysroot(Path.of("/")).label("etc")).isEqualTo("/etc");
  }

  @Test
  void linksToFoldersAreNoFolders() throws Exception {
    SampleTree sample = new SampleTree().folder("a").link("b", "a").file("c", new byte[1]);
    for (SampleTree.Form form :
        new SampleTree.Form[] {SampleTree.Form.FOLDER, SampleTree.Form.TAR}) {
      Path parent = Files.createDirectories(folder.resolve(form.name()));
      try (FileTree tree = FileTree.open(sample.write(parent, form))) {
        assertThat(tree.folders("")).containsExactly("a");
        assertThat(tree.folders("b")).isEmpty();
      }
    }
  }
}
