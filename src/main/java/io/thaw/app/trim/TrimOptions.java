package io.thaw.app.trim;

import io.thaw.linker.trim.Keep;
import java.util.Set;

/**
 * What to trim to.
 *
 * @param skip user instructions to leave out: the image begins behind them
 * @param warmup user instructions at its beginning that are not of the region
 * @param instructions user instructions of the region
 * @param keep what of a page is kept
 * @param checkMemory whether memory that was written is compared at the end
 * @param extraPages vaddrs of pages that are kept in any case
 * @param mostHits the end is refused if the processor has to stop more often on the way
 */
public record TrimOptions(
    long skip,
    long warmup,
    long instructions,
    Keep keep,
    boolean checkMemory,
    Set<Long> extraPages,
    long mostHits) {

  public TrimOptions {
    if (skip < 0 || warmup < 0 || instructions <= 0 || Long.MAX_VALUE - warmup < instructions) {
      throw new IllegalArgumentException("interval " + skip + ", " + warmup + ", " + instructions);
    }
    extraPages = Set.copyOf(extraPages);
  }

  /** User instructions of the trimmed image. */
  public long total() {
    return warmup + instructions;
  }
}
