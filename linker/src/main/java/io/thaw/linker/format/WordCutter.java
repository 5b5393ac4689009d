package io.thaw.linker.format;

import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts blocks into words of a memory. A word of which only some bytes are in segments is completed
 * with the fill; one that two segments share is given once, with the bytes of both.
 */
final class WordCutter {

  /** Takes words, ascending. */
  @FunctionalInterface
  interface Sink {

    /** Word {@code index}, in the order of memory, in {@code bytes} from {@code offset} on. */
    void accept(long index, byte[] bytes, int offset) throws IOException;
  }

  private final int wordBytes;
  private final byte fill;
  private final Sink sink;
  private final byte[] partial;
  private long partialIndex;
  private boolean hasPartial;

  WordCutter(int wordBytes, int fill, Sink sink) {
    this.wordBytes = wordBytes;
    this.fill = (byte) fill;
    this.sink = sink;
    this.partial = new byte[wordBytes];
  }

  /** Takes the next block; a {@link MemoryScan.Sink}. */
  void block(long address, byte[] bytes, int sizeBytes) throws IOException {
    int at = 0;
    while (at < sizeBytes) {
      long index = (address + at) / wordBytes;
      int offset = (int) ((address + at) % wordBytes);
      int size = Math.min(wordBytes - offset, sizeBytes - at);
      if (size == wordBytes) {
        finish();
        sink.accept(index, bytes, at);
      } else {
        keep(index, offset, bytes, at, size);
      }
      at += size;
    }
  }

  private void keep(long index, int offset, byte[] bytes, int from, int size) throws IOException {
    if (!hasPartial || index != partialIndex) {
      finish();
      Arrays.fill(partial, fill);
      partialIndex = index;
      hasPartial = true;
    }
    System.arraycopy(bytes, from, partial, offset, size);
  }

  /** Gives a word that was begun. */
  void finish() throws IOException {
    if (hasPartial) {
      hasPartial = false;
      sink.accept(partialIndex, partial, 0);
    }
  }
}
