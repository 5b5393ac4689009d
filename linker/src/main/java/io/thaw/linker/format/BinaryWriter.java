package io.thaw.linker.format;

import io.thaw.linker.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Writes {@link BinaryFormat}. Zeros become holes in the file where the file system has such. */
final class BinaryWriter {

  private final FileChannel out;
  private final byte[] gap;
  private long endBytes;

  private BinaryWriter(FileChannel out, int fill) {
    this.out = out;
    this.gap = new byte[fill == 0 ? 0 : MemoryScan.BLOCK_BYTES];
    Arrays.fill(gap, (byte) fill);
  }

  /** Writes {@code image}, which fits, to {@code out}, which is empty. */
  static void write(BinaryFormat format, MemoryImage image, FileChannel out, Progress progress)
      throws IOException {
    BinaryWriter writer = new BinaryWriter(out, format.fill());
    MemoryScan.run(image, format.basePaddr(image), format.sparse(), progress, writer::block);
    if (!format.sparse() && out.size() < writer.endBytes) {
      writer.put(writer.endBytes - 1, new byte[1], 1);
    }
  }

  private void block(long address, byte[] bytes, int sizeBytes) throws IOException {
    while (gap.length > 0 && endBytes < address) {
      int size = (int) Math.min(gap.length, address - endBytes);
      put(endBytes, gap, size);
      endBytes += size;
    }
    put(address, bytes, sizeWithoutLastZeros(bytes, sizeBytes));
    endBytes = address + sizeBytes;
  }

  private static int sizeWithoutLastZeros(byte[] bytes, int sizeBytes) {
    int size = MemoryScan.isZero(bytes, 0, sizeBytes) ? 0 : sizeBytes;
    while (size > 0 && bytes[size - 1] == 0) {
      size--;
    }
    return size;
  }

  private void put(long offset, byte[] bytes, int sizeBytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, sizeBytes);
    while (buffer.hasRemaining()) {
      offset += out.write(buffer, offset);
    }
  }
}
