package io.thaw.linker.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/**
 * A tar as its headers are read: only so many bytes in all. The library keeps every header, and
 * puts long names together in memory however long the archive says they are.
 */
final class HeaderChannel implements SeekableByteChannel {

  /** About 65,000 members, at two blocks each for a name of more than 100 characters. */
  static final long MAX_READ_BYTES = 64L << 20;

  private final FileChannel channel;
  private long readBytes;

  HeaderChannel(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    int count = channel.read(buffer);
    readBytes += Math.max(count, 0);
    if (readBytes > MAX_READ_BYTES) {
      throw new IOException("headers of more than " + MAX_READ_BYTES + " bytes");
    }
    return count;
  }

  @Override
  public int write(ByteBuffer buffer) {
    throw new UnsupportedOperationException("an archive is only read");
  }

  @Override
  public long position() throws IOException {
    return channel.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    channel.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new UnsupportedOperationException("an archive is only read");
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
