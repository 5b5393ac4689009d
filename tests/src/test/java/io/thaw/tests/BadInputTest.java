package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged dumps at the command line: exit status 3, a message that says file, what was found and
 * what is acceptable, and no output file. The linker's own tests have every kind of damage.
 */
class BadInputTest {

  @TempDir Path folder;
  private Path dump;
  private Path images;

  @BeforeEach
  void unpack() throws IOException {
    dump = new Dump("x86-64-dynamic").unpackTo(folder.resolve("in"));
    images = dump.resolve("img");
  }

  private void assertRefused(Object input, String... parts) throws Exception {
    Path out = Files.createDirectories(folder.resolve("out"));

    Thaw.Result result = Thaw.run("link", input, "-o", out.resolve("image.elf"));

    assertThat(result.status()).as(result.toString()).isEqualTo(3);
    assertThat(result.stderr()).startsWith("error: ").contains("found", "acceptable");
    assertThat(result.stderr()).contains(parts).doesNotContain("\tat ");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files).isEmpty();
    }
  }

  private static void truncate(Path file, long sizeBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(sizeBytes);
    }
  }

  private static void overwrite(Path file, long offset, int word) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(4).putInt(word).flip(), offset);
    }
  }

  @Test
  void aTruncatedImageIsRefused() throws Exception {
    truncate(images.resolve("mm-156.img"), 200);

    assertRefused(dump, "mm-156.img", "message 0");
  }

  @Test
  void aWrongMagicIsRefused() throws Exception {
    overwrite(images.resolve("core-156.img"), 4, 0);

    assertRefused(dump, "core-156.img", "magic", "0x55053847");
  }

  @Test
  void aLengthBeyondTheFileIsRefused() throws Exception {
    overwrite(images.resolve("pagemap-156.img"), 8, 0xffffff7f);

    assertRefused(dump, "pagemap-156.img", "length");
  }

  @Test
  void aPagesFileThatIsTooShortIsRefused() throws Exception {
    truncate(images.resolve("pages-1.img"), 4096);

    assertRefused(dump, "pages-1.img", "4096 bytes", "516096 bytes");
  }

  @Test
  void allFilesThatAreAbsentOrOthersAreListedAtOnce() throws Exception {
    Path libraries = dump.resolve("sysroot/usr/lib/x86_64-linux-gnu");
    Files.delete(libraries.resolve("libm.so.6"));
    truncate(libraries.resolve("libc.so.6"), 100_000);
    Path program = dump.resolve("sysroot/opt/w/dynamic");
    byte[] bytes = Files.readAllBytes(program);
    int note = indexOf(bytes, new byte[] {'G', 'N', 'U', 0, (byte) 0xec, (byte) 0xde});
    bytes[note + 4] ^= 1;
    Files.write(program, bytes);

    assertRefused(
        dump, "libm.so.6: found no such file", "libc.so.6: size", "opt/w/dynamic: build id");
  }

  @Test
  void aDumpWithoutItsFilesIsInspectedAllTheSame() throws Exception {
    Files.delete(dump.resolve("sysroot/opt/w/dynamic"));

    Thaw.Result result = Thaw.run("inspect", dump);

    assertThat(result.status()).as(result.toString()).isEqualTo(0);
    assertThat(result.stdoutText())
        .contains("process 156 (dynamic)", "rip")
        .containsPattern("not linkable: .*opt/w/dynamic: found no such file");
  }

  @Test
  void aFileThatIsNoDumpIsRefused() throws Exception {
    assertRefused(Files.writeString(folder.resolve("notes.txt"), "hello"), "notes.txt");
  }

  @Test
  void aFolderWithoutADumpIsRefused() throws Exception {
    assertRefused(Files.createDirectory(folder.resolve("empty")), "empty", "pstree.img");
  }

  @Test
  void aTruncatedArchiveIsRefused() throws Exception {
    Path archive = folder.resolve("cut.tar.xz");
    Files.copy(new Dump("x86-64-static").archive(), archive);
    truncate(archive, 300_000);

    assertRefused(archive, "cut.tar.xz", "truncated");
  }

  @Test
  void aProcessThatIsNotInTheDumpIsRefusedWithThoseThatAre() throws Exception {
    Thaw.Result result = Thaw.run("link", dump, "--pid", 7, "-o", folder.resolve("image.elf"));

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.stderr()).contains("no process 7", "one of 156");
    assertThat(folder.resolve("image.elf")).doesNotExist();
  }

  @Test
  void aHeapThatNoRamHoldsIsRefused() throws Exception {
    Thaw.Result result = Thaw.run("link", dump, "--heap", "4Ti", "-o", folder.resolve("image.elf"));

    assertThat(result.status()).as(result.toString()).isBetween(2, 3);
    assertThat(folder.resolve("image.elf")).doesNotExist();
  }

  @Test
  void aFailedLinkLeavesAnEarlierImageAlone() throws Exception {
    Path image = Files.writeString(folder.resolve("image.elf"), "earlier");
    truncate(images.resolve("mm-156.img"), 200);

    Thaw.Result result = Thaw.run("link", dump, "-o", image);

    assertThat(result.status()).isEqualTo(3);
    assertThat(image).hasContent("earlier");
  }

  @Test
  void anImageThatIsCutOffIsNotRun() throws Exception {
    Path image = folder.resolve("image.elf");
    assertThat(Thaw.run("link", dump, "-o", image).status()).isEqualTo(0);
    truncate(image, Files.size(image) / 2);

    Thaw.Result result = Thaw.run("run", image);

    assertThat(result.status()).as(result.toString()).isEqualTo(3);
    assertThat(result.stdout()).isEmpty();
  }

  private static int indexOf(byte[] bytes, byte[] pattern) {
    for (int i = 0; i + pattern.length <= bytes.length; i++) {
      int j = 0;
      while (j < pattern.length && bytes[i + j] == pattern[j]) {
        j++;
      }
      if (j == pattern.length) {
        return i;
      }
    }
    throw new AssertionError("pattern not found");
  }
}
