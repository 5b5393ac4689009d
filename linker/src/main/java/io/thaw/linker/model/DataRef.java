package io.thaw.linker.model;

/**
 * Bytes in the data file of a recording.
 *
 * @param offsetBytes where they begin, a multiple of {@link #ALIGNMENT_BYTES}
 * @param sizeBytes how many
 */
public record DataRef(long offsetBytes, long sizeBytes) {

  /** Data begin at multiples of this: what XRSTOR asks of its area, and a cache line. */
  public static final int ALIGNMENT_BYTES = 64;

  public DataRef {
    if (offsetBytes < 0 || offsetBytes % ALIGNMENT_BYTES != 0 || sizeBytes < 0) {
      throw new IllegalArgumentException("data: " + sizeBytes + " bytes at " + offsetBytes);
    }
  }
}
