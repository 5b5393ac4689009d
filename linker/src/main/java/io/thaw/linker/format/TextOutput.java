package io.thaw.linker.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** ASCII to a file, through a buffer that {@link #flush} empties. */
final class TextOutput {

  private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER_BYTES = 64 << 10;

  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  TextOutput(FileChannel file) {
    this.file = file;
  }

  /** A text shorter than the buffer. */
  void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    room(bytes.length);
    buffer.put(bytes);
  }

  /** The two digits of the low eight bits. */
  void hex(int value) throws IOException {
    room(2);
    buffer.put(DIGITS[value >> 4 & 0xf]).put(DIGITS[value & 0xf]);
  }

  void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
  }

  private void room(int sizeBytes) throws IOException {
    if (buffer.remaining() < sizeBytes) {
      flush();
    }
  }
}
