package io.thaw.linker.analysis;

import java.util.BitSet;
import java.util.Optional;

/**
 * A page of 4 KiB of RAM that an interval touched.
 *
 * @param paddr where it is
 * @param firstIndex user instruction that touched it first, -1 if only the stub did
 * @param firstVaddr where the program saw it then
 * @param firstTouch how that instruction touched it
 * @param stubFirst whether the stub had used an address of the program's there before
 * @param liveIn bytes that were read or fetched before they were written
 * @param written bytes that were written
 * @param words how each of its words was touched first
 */
public record TouchedPage(
    long paddr,
    long firstIndex,
    long firstVaddr,
    Optional<Touch> firstTouch,
    boolean stubFirst,
    BitSet liveIn,
    BitSet written,
    FirstTouches words) {

  /** Its size. */
  public static final int SIZE_BYTES = 4096;

  public TouchedPage {
    liveIn = (BitSet) liveIn.clone();
    written = (BitSet) written.clone();
    if (firstIndex >= 0 != firstTouch.isPresent()) {
      throw new IllegalArgumentException("first touch " + firstTouch + " by " + firstIndex);
    }
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

  /** The same page in an interval that is counted from another instruction on. */
  TouchedPage movedBack(long instructions) {
    return new TouchedPage(
        paddr,
        isOfProgram() ? firstIndex - instructions : firstIndex,
        firstVaddr,
        firstTouch,
        stubFirst,
        liveIn,
        written,
        words);
  }

  /** The same page with all of its bytes live-in. */
  TouchedPage whole() {
    BitSet all = new BitSet();
    all.set(0, SIZE_BYTES);
    return new TouchedPage(
        paddr, firstIndex, firstVaddr, firstTouch, stubFirst, all, written, words);
  }
}
