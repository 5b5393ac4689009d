package io.thaw.linker.criu;

import io.thaw.linker.criu.PageMap.Extent;
import io.thaw.linker.criu.PageMap.Kind;
import io.thaw.linker.model.DataFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tells which stored pages are all zero. The pages files are mapped a window at a time; a page that
 * does not begin with a zero word costs no more than that word. Large dumps are looked through by
 * all processors: what takes the time are the faults on the mapped pages.
 */
final class ZeroScanner implements AutoCloseable {

  /** Also the most that one processor takes at a time. */
  private static final long WINDOW_SIZE_BYTES = 64L << 20;

  private final int pageSizeBytes;
  private final ByteBuffer zeros;
  private final Map<DataFile, FileChannel> channels = new HashMap<>();
  private final Map<Window, MappedByteBuffer> windows = new HashMap<>();

  /** Part of a pages file; it begins at a multiple of the windows' size. */
  private record Window(DataFile file, long index) {}

  private ZeroScanner(long pageSizeBytes) {
    this.pageSizeBytes = Math.toIntExact(pageSizeBytes);
    this.zeros = ByteBuffer.allocateDirect(this.pageSizeBytes);
  }

  /** The same pages, with stored ones that are all zero told apart. */
  static PageMap split(PageMap pages, long pageSizeBytes) throws IOException {
    List<Extent> pieces = pieces(pages);
    long storedBytes =
        pieces.stream().filter(e -> e.kind() == Kind.STORED).mapToLong(Extent::sizeBytes).sum();
    List<Extent> extents = new ArrayList<>();
    try (ZeroScanner scanner = new ZeroScanner(pageSizeBytes)) {
      Stream<Extent> work =
          storedBytes > WINDOW_SIZE_BYTES ? pieces.parallelStream() : pieces.stream();
      for (List<Extent> parts : work.map(scanner::split).toList()) {
        parts.forEach(part -> PageMap.add(extents, part));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new PageMap(extents);
  }

  /** The extents, none of which is in two windows. */
  private static List<Extent> pieces(PageMap pages) {
    List<Extent> pieces = new ArrayList<>();
    for (Extent extent : pages.extents()) {
      Extent rest = extent;
      while (rest.kind() == Kind.STORED
          && rest.offsetBytes() % WINDOW_SIZE_BYTES + rest.sizeBytes() > WINDOW_SIZE_BYTES) {
        long cutVaddr = rest.vaddr() + WINDOW_SIZE_BYTES - rest.offsetBytes() % WINDOW_SIZE_BYTES;
        pieces.add(rest.part(rest.vaddr(), cutVaddr));
        rest = rest.part(cutVaddr, rest.endVaddr());
      }
      pieces.add(rest);
    }
    return pieces;
  }

  private List<Extent> split(Extent extent) {
    if (extent.kind() != Kind.STORED) {
      return List.of(extent);
    }
    List<Extent> parts = new ArrayList<>();
    MappedByteBuffer window = window(extent.file(), extent.offsetBytes() / WINDOW_SIZE_BYTES);
    int at = (int) (extent.offsetBytes() % WINDOW_SIZE_BYTES);
    long start = extent.vaddr();
    boolean startsZero = isZero(window, at);
    for (long vaddr = start; vaddr < extent.endVaddr(); vaddr += pageSizeBytes) {
      boolean isZero = isZero(window, at);
      if (isZero != startsZero) {
        parts.add(part(extent, start, vaddr, startsZero));
        start = vaddr;
        startsZero = isZero;
      }
      at += pageSizeBytes;
    }
    parts.add(part(extent, start, extent.endVaddr(), startsZero));
    return parts;
  }

  private static Extent part(Extent extent, long startVaddr, long endVaddr, boolean isZero) {
    Extent part = extent.part(startVaddr, endVaddr);
    return isZero ? part.asZero() : part;
  }

  private boolean isZero(MappedByteBuffer window, int at) {
    return window.getLong(at) == 0 && window.slice(at, pageSizeBytes).mismatch(zeros) < 0;
  }

  private synchronized MappedByteBuffer window(DataFile file, long index) {
    return windows.computeIfAbsent(new Window(file, index), this::map);
  }

  private MappedByteBuffer map(Window window) {
    try {
      DataFile file = window.file();
      FileChannel channel = channels.get(file);
      if (channel == null) {
        channel = FileChannel.open(file.path(), StandardOpenOption.READ);
        channels.put(file, channel);
      }
      long start = window.index() * WINDOW_SIZE_BYTES;
      return channel.map(
          FileChannel.MapMode.READ_ONLY,
          file.startBytes() + start,
          Math.min(WINDOW_SIZE_BYTES, file.sizeBytes() - start));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : channels.values()) {
      channel.close();
    }
  }
}
