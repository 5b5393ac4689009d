package io.thaw.linker.elf;

import io.thaw.linker.model.DataFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import net.fornwall.jelf.BackingFile;

/** Lets jelf read a range of a file of any size; its own mapping ends at 2 GiB. */
final class ChannelBackingFile implements BackingFile {

  private final FileChannel channel;
  private final DataFile file;
  private long offset;

  ChannelBackingFile(FileChannel channel, DataFile file) {
    this.channel = channel;
    this.file = file;
  }

  @Override
  public void seek(long newOffset) {
    offset = newOffset;
  }

  @Override
  public void skip(int bytes) {
    offset += bytes;
  }

  @Override
  public short readUnsignedByte() {
    byte[] one = new byte[1];
    read(one);
    return (short) (one[0] & 0xff);
  }

  @Override
  public int read(byte[] bytes) {
    if (offset < 0 || offset > file.sizeBytes() - bytes.length) {
      throw new IllegalStateException("beyond the end of " + file.name());
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, file.startBytes() + offset + buffer.position()) < 0) {
          throw new IllegalStateException("beyond the end of " + file.name());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    offset += bytes.length;
    return bytes.length;
  }
}
