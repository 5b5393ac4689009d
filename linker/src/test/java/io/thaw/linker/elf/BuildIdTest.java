package io.thaw.linker.elf;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.DataFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildIdTest {

  private static final Path DUMP = Path.of("../tests/fixtures/dumps/x86-64-dynamic.tar.xz");
  private static final String LIBRARIES = "x86-64-dynamic/sysroot/usr/lib/x86_64-linux-gnu/";

  @TempDir private Path folder;

  private Optional<ByteBlock> read(byte[] file) throws IOException {
    Path path = Files.write(folder.resolve("file"), file);
    return BuildId.read(new DataFile("file", path, 0, file.length));
  }

  /** The ids are those that {@code readelf -n} shows. */
  @ParameterizedTest
  @CsvSource({
    "ld-linux-x86-64.so.2, 7ebc65e52f2bbea498b4040fa92f7238377aaba9",
    "libc.so.6, 93ac61ec5a8eb1396f9fbd350e3169a558528a40"
  })
  void isThatOfALibraryInAnArchive(String library, String id) throws Exception {
    try (FileTree tree = FileTree.open(DUMP)) {
      DataFile file = tree.find(LIBRARIES + library).orElseThrow();
      assertThat(BuildId.read(file).orElseThrow()).hasToString(id);
    }
  }

  @Test
  void ofAFileThatIsNoElfIsAbsent() throws IOException {
    assertThat(read(new byte[0])).isEmpty();
    assertThat(read(new byte[] {0x7f, 'E', 'L', 'F'})).isEmpty();
    assertThat(read("#!/bin/sh\n".repeat(100).getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void ofATruncatedFileIsAbsentOrRight() throws Exception {
    byte[] head = head(1024);
    Optional<ByteBlock> whole = read(head);
    assertThat(whole).isPresent();
    for (int length = 0; length < head.length; length += 5) {
      Optional<ByteBlock> id = read(Arrays.copyOf(head, length));
      assertThat(id.isEmpty() || id.equals(whole)).as("%d bytes", length).isTrue();
    }
  }

  @Test
  void ofADamagedHeaderNeverFails() throws Exception {
    byte[] head = head(1024);
    Random random = new Random(3);
    for (int round = 0; round < 600; round++) {
      byte[] damaged = head.clone();
      for (int i = 0; i <= round % 5; i++) {
        damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt(256);
      }
      Optional<ByteBlock> id = read(damaged);
      assertThat(id.map(ByteBlock::sizeBytes).orElse(0)).isLessThanOrEqualTo(damaged.length);
    }
  }

  @Test
  void doesNotReadBeyondTheRangeOfTheFile() throws Exception {
    byte[] head = head(1024);
    Path path = Files.write(folder.resolve("file"), head);
    assertThat(BuildId.read(new DataFile("file", path, 0, 256))).isEmpty();
  }

  /** The first bytes of the dynamic linker, with its headers and notes. */
  private byte[] head(int sizeBytes) throws Exception {
    try (FileTree tree = FileTree.open(DUMP)) {
      DataFile file = tree.find(LIBRARIES + "ld-linux-x86-64.so.2").orElseThrow();
      ByteBuffer bytes = ByteBuffer.allocate(sizeBytes);
      try (FileChannel channel = FileChannel.open(file.path())) {
        while (bytes.hasRemaining()) {
          if (channel.read(bytes, file.startBytes() + bytes.position()) < 0) {
            throw new IOException("short file");
          }
        }
      }
      return bytes.array();
    }
  }
}
