package io.thaw.linker.platform;

/**
 * RAM that an image may use, {@code startPaddr} up to but without {@code endPaddr}.
 *
 * @param startPaddr first address, a multiple of 2 MiB
 * @param endPaddr first address behind it, a multiple of 64 KiB
 */
public record RamRange(long startPaddr, long endPaddr) {

  static final long START_ALIGNMENT_BYTES = 2L << 20;
  static final long END_ALIGNMENT_BYTES = 64L << 10;

  public RamRange {
    if (startPaddr % START_ALIGNMENT_BYTES != 0
        || endPaddr % END_ALIGNMENT_BYTES != 0
        || endPaddr <= startPaddr) {
      throw new IllegalArgumentException(
          String.format("RAM from 0x%x to 0x%x", startPaddr, endPaddr));
    }
  }

  public boolean contains(long paddr) {
    return paddr >= startPaddr && paddr < endPaddr;
  }

  public long sizeBytes() {
    return endPaddr - startPaddr;
  }
}
