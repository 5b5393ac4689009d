package io.thaw.linker.plan;

/**
 * What the user may choose of an image.
 *
 * @param heapSizeBytes zero-filled memory for pages born while the image runs
 * @param realtimeNanos what CLOCK_REALTIME starts at, in nanoseconds since 1970
 */
public record LinkOptions(long heapSizeBytes, long realtimeNanos) {

  /** 64 MiB. */
  public static final long DEFAULT_HEAP_SIZE_BYTES = 64L << 20;

  /** 2030-01-01T00:00:00Z: a dump does not say when it was made, and clocks never go backwards. */
  public static final long DEFAULT_REALTIME_NANOS = 1_893_456_000L * 1_000_000_000L;

  public LinkOptions {
    if (heapSizeBytes < 0) {
      throw new IllegalArgumentException("heap: " + heapSizeBytes);
    }
  }

  public static LinkOptions defaults() {
    return new LinkOptions(DEFAULT_HEAP_SIZE_BYTES, DEFAULT_REALTIME_NANOS);
  }
}
