package io.thaw.linker.criu;

import io.thaw.linker.criu.PageMap.Extent;
import io.thaw.linker.model.DataFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which stored pages are all zero. The pages files are mapped a window at a time; a page that
 * does not begin with a zero word costs no more than that word.
 */
final class ZeroScanner implements AutoCloseable {

  private static final long WINDOW_SIZE_BYTES = 256L << 20;

  private final int pageSizeBytes;
  private final ByteBuffer zeros;
  private final Map<DataFile, Source> sources = new HashMap<>();

  private ZeroScanner(long pageSizeBytes) {
    this.pageSizeBytes = Math.toIntExact(pageSizeBytes);
    this.zeros = ByteBuffer.allocateDirect(this.pageSizeBytes);
  }

  /** The same pages, with stored ones that are all zero told apart. */
  static PageMap split(PageMap pages, long pageSizeBytes) throws IOException {
    List<Extent> extents = new ArrayList<>();
    try (ZeroScanner scanner = new ZeroScanner(pageSizeBytes)) {
      for (Extent extent : pages.extents()) {
        if (extent.kind() == PageMap.Kind.STORED) {
          scanner.split(extent, extents);
        } else {
          PageMap.add(extents, extent);
        }
      }
    }
    return new PageMap(extents);
  }

  private void split(Extent extent, List<Extent> extents) throws IOException {
    Source source = source(extent.file());
    long start = extent.vaddr();
    boolean startsZero = source.isZero(extent.offsetBytes());
    for (long at = start + pageSizeBytes; at < extent.endVaddr(); at += pageSizeBytes) {
      boolean isZero = source.isZero(extent.offsetBytes() + (at - extent.vaddr()));
      if (isZero != startsZero) {
        add(extent.part(start, at), startsZero, extents);
        start = at;
        startsZero = isZero;
      }
    }
    add(extent.part(start, extent.endVaddr()), startsZero, extents);
  }

  private static void add(Extent part, boolean isZero, List<Extent> extents) {
    PageMap.add(extents, isZero ? part.asZero() : part);
  }

  private Source source(DataFile file) throws IOException {
    Source source = sources.get(file);
    if (source == null) {
      source = new Source(file);
      sources.put(file, source);
    }
    return source;
  }

  @Override
  public void close() throws IOException {
    for (Source source : sources.values()) {
      source.channel.close();
    }
  }

  /** One pages file. Windows begin at multiples of their size, so that few are made. */
  private final class Source {
    private final DataFile file;
    private final FileChannel channel;
    private MappedByteBuffer window;
    private long windowStartBytes;

    Source(DataFile file) throws IOException {
      this.file = file;
      this.channel = FileChannel.open(file.path(), StandardOpenOption.READ);
    }

    boolean isZero(long offsetBytes) throws IOException {
      if (window == null
          || offsetBytes < windowStartBytes
          || offsetBytes >= windowStartBytes + WINDOW_SIZE_BYTES) {
        windowStartBytes = offsetBytes / WINDOW_SIZE_BYTES * WINDOW_SIZE_BYTES;
        window =
            channel.map(
                FileChannel.MapMode.READ_ONLY,
                file.startBytes() + windowStartBytes,
                Math.min(WINDOW_SIZE_BYTES, file.sizeBytes() - windowStartBytes));
      }
      int at = (int) (offsetBytes - windowStartBytes);
      return window.getLong(at) == 0 && window.slice(at, pageSizeBytes).mismatch(zeros) < 0;
    }
  }
}
