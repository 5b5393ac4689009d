package io.thaw.linker.format;

import io.thaw.linker.image.ImageDescription.Segment;
import io.thaw.linker.progress.Progress;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.ToLongFunction;

/**
 * Memory from bottom to top in blocks. No block crosses an address that is a multiple of {@value
 * #BLOCK_BYTES}: what a format must cut at 64 KiB is cut.
 */
final class MemoryScan {

  static final int BLOCK_BYTES = 64 << 10;

  /** Takes blocks as they come. */
  @FunctionalInterface
  interface Sink {

    /**
     * A block.
     *
     * @param address its address, counted from the scan's base
     * @param bytes holds it from index 0 on, until this returns
     * @param sizeBytes its size
     */
    void accept(long address, byte[] bytes, int sizeBytes) throws IOException;
  }

  private static final byte[] ZEROS = new byte[BLOCK_BYTES];

  private MemoryScan() {}

  /**
   * Gives {@code sink} all bytes of {@code image}, gaps between segments excepted.
   *
   * @param basePaddr the physical address that counts as 0
   * @param sparse blocks of zeros, and the zeros behind a segment's bytes, may be left out
   * @throws EOFException if the image became shorter
   */
  static void run(MemoryImage image, long basePaddr, boolean sparse, Progress progress, Sink sink)
      throws IOException {
    ToLongFunction<Segment> sizeBytes = sparse ? Segment::fileSizeBytes : Segment::memorySizeBytes;
    long total = image.segments().stream().mapToLong(sizeBytes).sum();
    long done = 0;
    byte[] block = new byte[BLOCK_BYTES];
    try (FileChannel file = FileChannel.open(image.file(), StandardOpenOption.READ)) {
      for (Segment segment : image.segments()) {
        long address = segment.paddr() - basePaddr;
        long end = address + sizeBytes.applyAsLong(segment);
        long taken = 0;
        while (address < end) {
          int size = (int) Math.min(BLOCK_BYTES - address % BLOCK_BYTES, end - address);
          int stored = (int) Math.min(size, Math.max(0, segment.fileSizeBytes() - taken));
          read(image, file, segment.offsetBytes() + taken, ByteBuffer.wrap(block, 0, stored));
          Arrays.fill(block, stored, size, (byte) 0);
          if (!sparse || !isZero(block, 0, size)) {
            sink.accept(address, block, size);
          }
          address += size;
          taken += size;
          done += size;
          progress.advance("exporting image", done, total);
        }
      }
    }
  }

  private static void read(MemoryImage image, FileChannel file, long offset, ByteBuffer into)
      throws IOException {
    while (into.hasRemaining()) {
      int count = file.read(into, offset);
      if (count < 0) {
        throw new EOFException(image.name() + " became shorter while it was read");
      }
      offset += count;
    }
  }

  /** Whether bytes of a block are zero. */
  static boolean isZero(byte[] bytes, int from, int to) {
    return Arrays.equals(bytes, from, to, ZEROS, 0, to - from);
  }
}
