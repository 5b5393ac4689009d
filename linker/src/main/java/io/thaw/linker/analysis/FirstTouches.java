package io.thaw.linker.analysis;

import java.util.BitSet;
import java.util.Optional;

/**
 * How each word of 8 bytes of a page was touched first; no word is in two of the sets. A word is
 * touched if a byte of it is; an atomic access that reads and writes is a read.
 *
 * @param read numbers of words that were read first, 0 to 511
 * @param written numbers of words that were written first
 * @param fetched numbers of words that were fetched first
 */
public record FirstTouches(BitSet read, BitSet written, BitSet fetched) {

  public FirstTouches {
    read = (BitSet) read.clone();
    written = (BitSet) written.clone();
    fetched = (BitSet) fetched.clone();
    if (read.intersects(written) || read.intersects(fetched) || written.intersects(fetched)) {
      throw new IllegalArgumentException("a word that was touched first in two ways");
    }
  }

  /** How a word was touched first, if it was. */
  public Optional<Touch> of(int word) {
    if (read.get(word)) {
      return Optional.of(Touch.READ);
    }
    if (written.get(word)) {
      return Optional.of(Touch.WRITE);
    }
    return fetched.get(word) ? Optional.of(Touch.FETCH) : Optional.empty();
  }

  /** How many words were touched first in a way. */
  public int count(Touch touch) {
    return switch (touch) {
      case READ -> read.cardinality();
      case WRITE -> written.cardinality();
      case FETCH -> fetched.cardinality();
    };
  }
}
