package io.thaw.linker.trim;

import io.thaw.linker.analysis.TouchedPage;
import java.util.BitSet;

/** What of a page with live-in bytes is kept; the rest is zero. */
public enum Keep {
  /** All of it. */
  PAGES("pages", TouchedPage.SIZE_BYTES),
  /** Cache lines of 64 bytes. */
  LINES("lines", 64),
  /** Words of 8 bytes. */
  WORDS("words", Long.BYTES);

  private final String label;
  private final int unitBytes;

  Keep(String label, int unitBytes) {
    this.label = label;
    this.unitBytes = unitBytes;
  }

  /** The name users see. */
  public String label() {
    return label;
  }

  /** {@code bytes} of a page with all zero that is not kept. */
  byte[] of(byte[] bytes, BitSet liveIn) {
    byte[] kept = new byte[bytes.length];
    for (int at = liveIn.nextSetBit(0); at >= 0; ) {
      int start = at / unitBytes * unitBytes;
      for (int i = start; i < start + unitBytes; i++) {
        kept[i] = bytes[i];
      }
      at = liveIn.nextSetBit(start + unitBytes);
    }
    return kept;
  }
}
