package io.thaw.linker.analysis;

import io.thaw.linker.problem.InvalidInputException;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The section of pages of an analysis. */
final class PageDecoder {

  /** By their numbers in the file. */
  private static final List<Touch> TOUCHES = List.of(Touch.READ, Touch.WRITE, Touch.FETCH);

  private static final int MASK_WORDS = TouchedPage.SIZE_BYTES / Long.SIZE;
  private static final int WORD_MASK_WORDS = MASK_WORDS / Long.BYTES;

  /** Five numbers, two masks of bytes, a mask of words for each way to touch. */
  static final int ENTRY_WORDS = 5 + 2 * MASK_WORDS + TOUCHES.size() * WORD_MASK_WORDS;

  private final String file;
  private final long begin;
  private final long end;

  PageDecoder(String file, long begin, long end) {
    this.file = file;
    this.begin = begin;
    this.end = end;
  }

  List<TouchedPage> decode(LongBuffer words) throws InvalidInputException {
    List<TouchedPage> pages = new ArrayList<>();
    Set<Long> paddrs = new HashSet<>();
    while (words.hasRemaining()) {
      TouchedPage page = page(words);
      if (!paddrs.add(page.paddr())) {
        throw refused(page.paddr(), "the page a second time", "each page once");
      }
      pages.add(page);
    }
    return pages;
  }

  private TouchedPage page(LongBuffer words) throws InvalidInputException {
    long paddr = words.get();
    long firstIndex = words.get();
    long firstVaddr = words.get();
    long kind = words.get();
    long stubFirst = words.get();
    boolean isOfProgram = firstIndex != -1;
    // The one that would be next is fetched as if it were executed.
    if (paddr < 0 || paddr % TouchedPage.SIZE_BYTES != 0) {
      throw refused(paddr, "no page's address", "a multiple of " + TouchedPage.SIZE_BYTES);
    }
    if (isOfProgram && (firstIndex < begin || firstIndex > end)) {
      throw refused(
          paddr,
          "first touched by instruction " + Long.toUnsignedString(firstIndex),
          "from " + begin + " to " + end);
    }
    if (firstVaddr % TouchedPage.SIZE_BYTES != 0
        || kind < 0
        || kind >= (isOfProgram ? TOUCHES.size() : 1)
        || stubFirst < 0
        || stubFirst > 1) {
      throw refused(
          paddr,
          String.format(
              "first touched at 0x%x, in way %s, the stub first: %s",
              firstVaddr, Long.toUnsignedString(kind), Long.toUnsignedString(stubFirst)),
          "a page's address, 0 to 2 (0 if the program did not), 0 or 1");
    }
    BitSet liveIn = mask(words, MASK_WORDS);
    BitSet written = mask(words, MASK_WORDS);
    BitSet read = mask(words, WORD_MASK_WORDS);
    BitSet writtenFirst = mask(words, WORD_MASK_WORDS);
    BitSet fetched = mask(words, WORD_MASK_WORDS);
    if (read.intersects(writtenFirst)
        || read.intersects(fetched)
        || writtenFirst.intersects(fetched)) {
      throw refused(paddr, "a word that was touched first in two ways", "one way");
    }
    return new TouchedPage(
        paddr,
        firstIndex,
        firstVaddr,
        isOfProgram ? Optional.of(TOUCHES.get((int) kind)) : Optional.empty(),
        stubFirst != 0,
        liveIn,
        written,
        new FirstTouches(read, writtenFirst, fetched));
  }

  private static BitSet mask(LongBuffer words, int count) {
    long[] mask = new long[count];
    words.get(mask);
    return BitSet.valueOf(mask);
  }

  private InvalidInputException refused(long paddr, String found, String acceptable) {
    return new InvalidInputException(file, String.format("page at 0x%x", paddr), found, acceptable);
  }
}
