package io.thaw.linker.criu;

import io.thaw.linker.model.DataFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Tells which pages of a pages file are zero, through a window that moves over the file. */
final class ZeroScanner implements AutoCloseable {

  private static final long WINDOW_SIZE_BYTES = 256L << 20;

  private final DataFile file;
  private final FileChannel channel;
  private final int pageSizeBytes;
  private final ByteBuffer zeros;
  private MappedByteBuffer window;
  private long windowStart;

  ZeroScanner(DataFile file, long pageSizeBytes) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file.path(), StandardOpenOption.READ);
    this.pageSizeBytes = Math.toIntExact(pageSizeBytes);
    this.zeros = ByteBuffer.allocateDirect(this.pageSizeBytes);
  }

  DataFile file() {
    return file;
  }

  /** Whether the page at {@code offsetBytes} of the file is all zero. */
  boolean isZero(long offsetBytes) throws IOException {
    if (window == null
        || offsetBytes < windowStart
        || offsetBytes + pageSizeBytes > windowStart + window.limit()) {
      windowStart = offsetBytes;
      window =
          channel.map(
              FileChannel.MapMode.READ_ONLY,
              file.startBytes() + offsetBytes,
              Math.min(WINDOW_SIZE_BYTES, file.sizeBytes() - offsetBytes));
    }
    int at = (int) (offsetBytes - windowStart);
    if (window.getLong(at) != 0) {
      return false;
    }
    return window.slice(at, pageSizeBytes).mismatch(zeros) < 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
