package io.thaw.linker.platform;

/**
 * RAM that an image may use, {@code startPaddr} up to but without {@code endPaddr}.
 *
 * @param startPaddr first address, a multiple of 2 MiB
 * @param endPaddr first address behind it, a multiple of 64 KiB
 */
public record RamRange(long startPaddr, long endPaddr) {

  public RamRange {
    if (startPaddr % (1 << 21) != 0 || endPaddr % (1 << 16) != 0 || endPaddr <= startPaddr) {
      throw new IllegalArgumentException(
          String.format("RAM from 0x%x to 0x%x", startPaddr, endPaddr));
    }
  }

  public long sizeBytes() {
    return endPaddr - startPaddr;
  }
}
