package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.criu.PageMap.Extent;
import io.thaw.linker.criu.PageMap.Kind;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.PageRun.Origin;
import java.io.EOFException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages files with holes, larger than what one processor takes at a time. */
class ZeroScannerTest {

  private static final long VADDR = 0x7000_0000_0000L;
  private static final long SIZE_BYTES = 150L << 20;

  @TempDir Path folder;

  /** A file in which these bytes are not zero. */
  private DataFile file(long sizeBytes, long... offsets) throws Exception {
    Path path = folder.resolve("pages-1.img");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(sizeBytes);
      for (long offset : offsets) {
        file.seek(offset);
        file.write(1);
      }
    }
    return new DataFile("pages-1.img", path, 0, sizeBytes);
  }

  private static Extent stored(DataFile file, long offsetBytes, long sizeBytes) {
    return new Extent(VADDR + offsetBytes, sizeBytes, Kind.STORED, file, offsetBytes, Origin.DUMP);
  }

  private static List<Long> pages(List<Extent> extents, long pageSizeBytes) {
    List<Long> offsets = new ArrayList<>();
    for (Extent extent : extents) {
      for (long at = 0;
          extent.kind() == Kind.STORED && at < extent.sizeBytes();
          at += pageSizeBytes) {
        assertThat(extent.offsetBytes()).isEqualTo(extent.vaddr() - VADDR);
        offsets.add(extent.offsetBytes() + at);
      }
    }
    return offsets;
  }

  @ParameterizedTest
  @ValueSource(longs = {4096, 16384, 65536})
  void everyPageWithABitIsKeptAndNoOther(long pageSizeBytes) throws Exception {
    long window = 64L << 20;
    DataFile file =
        file(
            SIZE_BYTES,
            0,
            3 * pageSizeBytes - 1,
            window - 1,
            window,
            window + pageSizeBytes + 7,
            2 * window - pageSizeBytes,
            SIZE_BYTES - 1);

    PageMap split =
        ZeroScanner.split(new PageMap(List.of(stored(file, 0, SIZE_BYTES))), pageSizeBytes);

    assertThat(pages(split.extents(), pageSizeBytes))
        .containsExactly(
            0L,
            2 * pageSizeBytes,
            window - pageSizeBytes,
            window,
            window + pageSizeBytes,
            2 * window - pageSizeBytes,
            SIZE_BYTES - pageSizeBytes);
    assertThat(split.extents().stream().mapToLong(Extent::sizeBytes).sum()).isEqualTo(SIZE_BYTES);
    long next = VADDR;
    for (Extent extent : split.extents()) {
      assertThat(extent.vaddr()).isEqualTo(next);
      next = extent.endVaddr();
    }
  }

  @Test
  void pagesThatAreAllZeroOrNotAtAllStayOneExtent() throws Exception {
    DataFile zeros = file(SIZE_BYTES);

    PageMap split = ZeroScanner.split(new PageMap(List.of(stored(zeros, 0, SIZE_BYTES))), 4096);

    assertThat(split.extents()).hasSize(1);
    assertThat(split.extents().get(0).kind()).isEqualTo(Kind.ZERO);
  }

  @Test
  void aFileThatBecameShorterIsNoFileOfZeros() throws Exception {
    DataFile file = file(8192);
    PageMap pages = new PageMap(List.of(stored(file, 0, 16384)));

    assertThatThrownBy(() -> ZeroScanner.split(pages, 4096))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("pages-1.img became shorter");
  }
}
