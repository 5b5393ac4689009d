package io.thaw.linker.trim;

import java.util.BitSet;

/**
 * A page of 4 KiB of RAM that an interval touched.
 *
 * @param paddr where it is
 * @param firstIndex user instruction that touched it first, -1 if only the stub did
 * @param firstVaddr where the program saw it then
 * @param stubFirst whether the stub had used an address of the program's there before
 * @param liveIn bytes that were read or fetched before they were written
 * @param written bytes that were written
 */
public record TouchedPage(
    long paddr,
    long firstIndex,
    long firstVaddr,
    boolean stubFirst,
    BitSet liveIn,
    BitSet written) {

  /** Its size. */
  public static final int SIZE_BYTES = 4096;

  public TouchedPage {
    liveIn = (BitSet) liveIn.clone();
    written = (BitSet) written.clone();
  }

  /** Whether the program itself touched it. */
  public boolean isOfProgram() {
    return firstIndex >= 0;
  }

  /** Live-in words of 8 bytes. */
  public int liveInWords() {
    return groups(Long.BYTES);
  }

  /** How many aligned groups of {@code sizeBytes} have a live-in byte. */
  public int groups(int sizeBytes) {
    int count = 0;
    for (int i = liveIn.nextSetBit(0);
        i >= 0;
        i = liveIn.nextSetBit((i / sizeBytes + 1) * sizeBytes)) {
      count++;
    }
    return count;
  }
}
