package io.thaw.app.dump;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** {@code /proc/PID/pagemap}: a word for each page. */
final class PageTable implements AutoCloseable {

  private static final long PRESENT = 1L << 63;
  private static final long SWAPPED = 1L << 62;

  /** The page is the file's or shared memory's, and not the process's own. */
  private static final long OF_OBJECT = 1L << 61;

  /** MADV_GUARD_INSTALL, since Linux 6.15. */
  private static final long GUARD = 1L << 58;

  private static final int BUFFER_BYTES = 64 << 10;

  private final FileChannel channel;
  private final long pageSizeBytes;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** What a page is, as far as a dump is concerned. */
  enum Page {
    /** Not there. */
    NONE,
    /** The process's own. */
    OWN,
    /** Of the file or the shared memory that is mapped. */
    OF_OBJECT,
    /** Every access faults. */
    GUARD
  }

  /** Takes pages in ascending order. */
  interface Visitor {
    void visit(long vaddr, Page page);
  }

  private PageTable(FileChannel channel, long pageSizeBytes) {
    this.channel = channel;
    this.pageSizeBytes = pageSizeBytes;
  }

  static PageTable open(ProcFiles files, long pageSizeBytes) throws IOException {
    return new PageTable(
        FileChannel.open(files.path("pagemap"), StandardOpenOption.READ), pageSizeBytes);
  }

  void forEach(long startVaddr, long endVaddr, Visitor visitor) throws IOException {
    long vaddr = startVaddr;
    while (vaddr < endVaddr) {
      long left = (endVaddr - vaddr) / pageSizeBytes * Long.BYTES;
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, left));
      long at = vaddr / pageSizeBytes * Long.BYTES;
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, at + buffer.position()) <= 0) {
          throw new EOFException(String.format("the page table ends before 0x%x", vaddr));
        }
      }
      buffer.flip();
      while (buffer.hasRemaining()) {
        visitor.visit(vaddr, page(buffer.getLong()));
        vaddr += pageSizeBytes;
      }
    }
  }

  private static Page page(long word) {
    if ((word & GUARD) != 0) {
      return Page.GUARD;
    }
    if ((word & (PRESENT | SWAPPED)) == 0) {
      return Page.NONE;
    }
    return (word & OF_OBJECT) != 0 ? Page.OF_OBJECT : Page.OWN;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
