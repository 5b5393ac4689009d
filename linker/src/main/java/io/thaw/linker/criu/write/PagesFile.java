package io.thaw.linker.criu.write;

import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.PageRun;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A pages file that is being written. Pages of zeros become holes. Sources are read at their
 * offsets and not by transfer: the memory of a process is a file without a size.
 */
final class PagesFile implements AutoCloseable {

  private static final int BUFFER_SIZE_BYTES = 1 << 20;

  private final FileChannel out;
  private final int pageSizeBytes;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE_BYTES);
  private final ByteBuffer zeros;
  private final Map<Path, FileChannel> sources = new HashMap<>();
  private long sizeBytes;

  private PagesFile(FileChannel out, int pageSizeBytes) {
    this.out = out;
    this.pageSizeBytes = pageSizeBytes;
    this.zeros = ByteBuffer.allocateDirect(pageSizeBytes);
  }

  static PagesFile create(Path path, int pageSizeBytes) throws IOException {
    return new PagesFile(
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        pageSizeBytes);
  }

  /** Adds pages of zeros. */
  void skip(long moreBytes) {
    sizeBytes += moreBytes;
  }

  /**
   * Adds the bytes of {@code content}, and zeros up to {@code runBytes}.
   *
   * @throws IOException if the source cannot be read or ends early
   */
  void copy(PageRun.Stored content, long runBytes) throws IOException {
    FileChannel in = source(content.file().path());
    long start = sizeBytes;
    for (long done = 0; done < content.sizeBytes(); done += buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER_SIZE_BYTES, content.sizeBytes() - done));
      read(in, content.file(), content.offsetBytes() + done);
      writeNonzero(start + done);
    }
    sizeBytes = start + runBytes;
  }

  private FileChannel source(Path path) throws IOException {
    FileChannel channel = sources.get(path);
    if (channel == null) {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      sources.put(path, channel);
    }
    return channel;
  }

  private void read(FileChannel in, DataFile file, long offsetBytes) throws IOException {
    long at = file.startBytes() + offsetBytes;
    while (buffer.hasRemaining()) {
      int count;
      try {
        count = in.read(buffer, at + buffer.position());
      } catch (IOException e) {
        throw new IOException(unreadable(file, offsetBytes), e);
      }
      if (count <= 0) {
        throw new EOFException(unreadable(file, offsetBytes));
      }
    }
    buffer.flip();
  }

  private String unreadable(DataFile file, long offsetBytes) {
    return String.format(
        "%s: cannot be read at 0x%x", file.name(), offsetBytes + buffer.position());
  }

  /** Writes what is in the buffer, but for whole pages of zeros. */
  private void writeNonzero(long offsetBytes) throws IOException {
    int end = buffer.limit();
    int at = 0;
    while (at < end) {
      int next = at;
      while (next < end && !isZero(next, end)) {
        next = Math.min(end, next + pageSizeBytes);
      }
      writeAll(buffer.slice(at, next - at), offsetBytes + at);
      at = next;
      while (at < end && isZero(at, end)) {
        at = Math.min(end, at + pageSizeBytes);
      }
    }
  }

  private boolean isZero(int at, int end) {
    int count = Math.min(pageSizeBytes, end - at);
    return buffer.get(at) == 0 && buffer.slice(at, count).equals(zeros.slice(0, count));
  }

  private void writeAll(ByteBuffer bytes, long offsetBytes) throws IOException {
    long at = offsetBytes;
    while (bytes.hasRemaining()) {
      at += out.write(bytes, at);
    }
  }

  /** Makes a hole at the end a part of the file. */
  private void writeEnd() throws IOException {
    if (out.size() < sizeBytes) {
      writeAll(zeros.slice(0, 1), sizeBytes - 1);
    }
  }

  @Override
  public void close() throws IOException {
    try (out) {
      writeEnd();
    } finally {
      for (FileChannel source : sources.values()) {
        source.close();
      }
    }
  }
}
