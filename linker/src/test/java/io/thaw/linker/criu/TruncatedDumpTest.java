package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thaw.linker.problem.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Image files of every kind that were cut, or whose magic or lengths are not what they were. */
class TruncatedDumpTest {

  private static final long AREA = 0x10000000;
  private static final int PAGE = 4096;

  @TempDir Path scratch;
  private Path folder;

  @BeforeEach
  void writeDump() throws Exception {
    TestDump dump = TestDump.x86();
    dump.regularFile(TestDump.regular("/tmp/log", 100).build(), 5).descriptor(1, 5);
    dump.memfd(4, 33, 9).mappedFile(3, "/opt/lib", new byte[] {1, 2, 3});
    dump.area(TestAreas.shared(AREA, AREA + PAGE, TestAreas.MEMFD, 4, 0));
    dump.area(TestAreas.file(2 * AREA, 2 * AREA + PAGE, 3, 0));
    dump.memory().stored(TestDump.STACK, 1, 2);
    dump.addPages("shmem-9").stored(0, 5);
    folder = dump.write(scratch.resolve("dump"));
  }

  @Test
  void the_whole_dump_is_read() throws Exception {
    assertThat(TestDump.read(folder, CriuReader.Options.defaults()).descriptors()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "inventory.img, INVENTORY",
    "pstree.img, PSTREE",
    "core-157.img, CORE",
    "mm-157.img, MM",
    "pagemap-157.img, PAGEMAP",
    "pagemap-shmem-9.img, PAGEMAP",
    "files.img, FILES",
    "fdinfo-7.img, FDINFO",
    "ids-157.img, IDS",
    "timens-0.img, TIMENS",
    "memfd.img, MEMFD"
  })
  void a_cut_or_changed_image_is_refused(String name, ImageKind kind) throws Exception {
    byte[] image = Files.readAllBytes(folder.resolve(name));
    List<Integer> boundaries = TestImages.boundaries(kind, image);
    for (int i = 0; i < boundaries.size(); i++) {
      int boundary = boundaries.get(i);
      boolean isEnd = i == boundaries.size() - 1;
      if (!isEnd) {
        int next = boundaries.get(i + 1);
        assertRefused(name, Arrays.copyOf(image, boundary + 2), "found 2 bytes");
        assertRefused(name, Arrays.copyOf(image, boundary + 4), "a length of ");
        assertRefused(name, Arrays.copyOf(image, (boundary + 4 + next) / 2), "a length of ");
        assertRefused(name, Arrays.copyOf(image, next - 1), "a length of ");
        assertRefused(name, withWord(image, boundary, image.length), "a length of ");
        assertRefused(name, withWord(image, boundary, -1), "a length of 4294967295");
        // Nothing tells that a process had more files open.
        if (kind != ImageKind.FDINFO) {
          assertRefused(name, Arrays.copyOf(image, boundary), "");
        }
      }
    }
    int magicSize = TestImages.magicSizeBytes(kind);
    assertRefused(name, new byte[0], "magic");
    assertRefused(name, Arrays.copyOf(image, magicSize - 1), "magic");
    assertRefused(name, withWord(image, magicSize - 4, 0x12345678), "0x12345678");
    assertRefused(name, withWord(image, 0, 0x12345678), "0x12345678");
  }

  private void assertRefused(String name, byte[] image, String part) throws Exception {
    Path file = folder.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, image);
    InvalidInputException refusal =
        catchThrowableOfType(
            InvalidInputException.class,
            () -> TestDump.read(folder, CriuReader.Options.defaults()));
    Files.write(file, whole);
    assertThat(refusal).as("%s of %d bytes", name, image.length).isNotNull();
    assertThat(refusal).message().contains(".img", "found", "acceptable", part);
    if (!part.isEmpty()) {
      assertThat(refusal.problems().get(0).file()).endsWith(name);
    }
  }

  private static byte[] withWord(byte[] image, int offset, int word) {
    byte[] changed = image.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, word);
    return changed;
  }
}
