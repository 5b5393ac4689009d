package io.thaw.linker.criu;

import io.thaw.linker.criu.PageMap.Extent;
import io.thaw.linker.criu.PageMap.Kind;
import io.thaw.linker.model.DataFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tells which stored pages are all zero. The pages files are read a buffer at a time, which stays
 * in the processor's cache; a page that does not begin with a zero word costs no more than that
 * word. Large dumps are looked through by all processors. (Mapping the files takes twice as long:
 * each page of the mapping has to be entered into the page tables, and taken out again.)
 */
final class ZeroScanner implements AutoCloseable {

  private static final int BUFFER_SIZE_BYTES = 256 << 10;

  /** The most that one processor takes at a time. */
  private static final long PIECE_SIZE_BYTES = 64L << 20;

  private final int pageSizeBytes;
  private final ByteBuffer zeros;
  private final ThreadLocal<ByteBuffer> buffers;
  private final Map<DataFile, FileChannel> channels = new HashMap<>();

  private ZeroScanner(long pageSizeBytes) {
    this.pageSizeBytes = Math.toIntExact(pageSizeBytes);
    this.zeros = ByteBuffer.allocateDirect(this.pageSizeBytes);
    int bufferBytes = Math.max(BUFFER_SIZE_BYTES, this.pageSizeBytes);
    this.buffers = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(bufferBytes));
  }

  /** The same pages, with stored ones that are all zero told apart. */
  static PageMap split(PageMap pages, long pageSizeBytes) throws IOException {
    List<Extent> pieces = pieces(pages);
    long storedBytes =
        pieces.stream().filter(e -> e.kind() == Kind.STORED).mapToLong(Extent::sizeBytes).sum();
    List<Extent> extents = new ArrayList<>();
    try (ZeroScanner scanner = new ZeroScanner(pageSizeBytes)) {
      Stream<Extent> work =
          storedBytes > PIECE_SIZE_BYTES ? pieces.parallelStream() : pieces.stream();
      for (List<Extent> parts : work.map(scanner::split).toList()) {
        parts.forEach(part -> PageMap.add(extents, part));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new PageMap(extents);
  }

  /** The extents, stored ones in pieces. */
  private static List<Extent> pieces(PageMap pages) {
    List<Extent> pieces = new ArrayList<>();
    for (Extent extent : pages.extents()) {
      Extent rest = extent;
      while (rest.kind() == Kind.STORED && rest.sizeBytes() > PIECE_SIZE_BYTES) {
        long cutVaddr = rest.vaddr() + PIECE_SIZE_BYTES;
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
    ByteBuffer buffer = buffers.get().clear().limit(0);
    long start = extent.vaddr();
    boolean startsZero = false;
    for (long vaddr = start; vaddr < extent.endVaddr(); vaddr += pageSizeBytes) {
      if (!buffer.hasRemaining()) {
        read(extent, vaddr, buffer);
      }
      boolean isZero = isZero(buffer);
      if (isZero != startsZero) {
        if (vaddr != start) {
          parts.add(part(extent, start, vaddr, startsZero));
        }
        start = vaddr;
        startsZero = isZero;
      }
      buffer.position(buffer.position() + pageSizeBytes);
    }
    parts.add(part(extent, start, extent.endVaddr(), startsZero));
    return parts;
  }

  private static Extent part(Extent extent, long startVaddr, long endVaddr, boolean isZero) {
    Extent part = extent.part(startVaddr, endVaddr);
    return isZero ? part.asZero() : part;
  }

  /** Fills the buffer with pages from {@code vaddr} on, as many as there are. */
  private void read(Extent extent, long vaddr, ByteBuffer buffer) {
    DataFile file = extent.file();
    buffer.clear();
    buffer.limit(
        (int)
            Math.min(
                buffer.capacity() / pageSizeBytes * (long) pageSizeBytes,
                extent.endVaddr() - vaddr));
    long at = file.startBytes() + extent.offsetBytes() + vaddr - extent.vaddr();
    try {
      FileChannel channel = channel(file);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, at + buffer.position()) < 0) {
          throw new EOFException(file.name() + " became shorter while it was read");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    buffer.flip();
  }

  private boolean isZero(ByteBuffer buffer) {
    int at = buffer.position();
    return buffer.getLong(at) == 0 && buffer.slice(at, pageSizeBytes).mismatch(zeros) < 0;
  }

  private synchronized FileChannel channel(DataFile file) throws IOException {
    FileChannel channel = channels.get(file);
    if (channel == null) {
      channel = FileChannel.open(file.path(), StandardOpenOption.READ);
      channels.put(file, channel);
    }
    return channel;
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : channels.values()) {
      channel.close();
    }
  }
}
