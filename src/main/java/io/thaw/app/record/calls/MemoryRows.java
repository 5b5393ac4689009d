package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.writes;
import static io.thaw.app.record.calls.Words.writesArray;
import static io.thaw.app.record.calls.Words.writesBits;

import java.util.Optional;

/** Calls about mappings and pages. */
final class MemoryRows {

  private static final long MAP_ANONYMOUS = 0x20;
  private static final long MAP_HUGETLB = 0x40000;

  /** Where the flags have the base-2 logarithm of the huge page size, and how many bits it has. */
  private static final int HUGE_SHIFT = 26;

  private static final long HUGE_MASK = 0x3f;

  /** 2 MiB: what Linux takes by default on both architectures, with pages of 4096 bytes. */
  private static final long DEFAULT_HUGE_LOG2 = 21;

  /** On AArch64 memory with tags. The bit has no meaning on x86-64. */
  private static final long PROT_MTE = 0x20;

  private static final long PROT_GROWS = 0x0300_0000;
  private static final long MREMAP_FIXED = 2;
  private static final long MREMAP_DONTUNMAP = 4;

  /** Of mincore's answers, one a page, with the smallest pages that there are. */
  private static final long SMALLEST_PAGE_BYTES = 4096;

  /** {@code struct rseq} as it was first. */
  private static final long RSEQ_BYTES = 32;

  private static final String TAGS = "memory tags (PROT_MTE) are not replayed";

  private MemoryRows() {}

  static void add(Rows rows) {
    rows.rule("mmap", Rule.doing(MemoryRows::mapped).unless(MemoryRows::hasTags, TAGS));
    rows.row("munmap", MemoryRows::unmapped);
    rows.rule("mprotect", mprotect());
    rows.rule(
        "pkey_mprotect",
        mprotect().unless(call -> (int) call.argument(3) > 0, "protection keys are not replayed"));
    // As on a processor that has no protection keys. Their register would not be replayed.
    rows.rule("pkey_alloc", Rule.doing().replacedBy(call -> Optional.of(new Substitute.NoCall())));
    rows.rule(
        "mremap",
        Rule.doing(MemoryRows::moved)
            .unless(call -> call.argument(1) == 0, "mapping the same pages twice")
            .unless(
                call -> (call.argument(3) & MREMAP_DONTUNMAP) != 0,
                "moving pages but leaving their mapping (MREMAP_DONTUNMAP)"));
    rows.row("brk", (call, sink) -> sink.breakMoved(call.result()));
    rows.rule("madvise", Advice.RULE);
    rows.row("mincore", MemoryRows::residence);
    rows.row("get_mempolicy", writes(0, Integer.BYTES), writesBits(1, 2));
    rows.row("move_pages", writesArray(4, 1, Integer.BYTES));
    rows.row("rseq", MemoryRows::registered);
    rows.nothing(
        """
        msync mlock mlock2 munlock mlockall munlockall mseal pkey_free membarrier
        migrate_pages mbind set_mempolicy set_mempolicy_home_node
        """);
  }

  private static boolean hasTags(CallView call) {
    return (call.argument(2) & PROT_MTE) != 0;
  }

  private static Rule mprotect() {
    return Rule.doing(MemoryRows::protectedAs)
        .unless(
            call -> (call.argument(2) & PROT_GROWS) != 0,
            "rights up to the end of a growing mapping (PROT_GROWSDOWN, PROT_GROWSUP)")
        .unless(MemoryRows::hasTags, TAGS);
  }

  private static void mapped(CallView call, EffectSink sink) {
    if (!Outcome.isSuccess(call)) {
      return;
    }
    long flags = call.argument(3);
    long page = call.pageSizeBytes();
    if ((flags & MAP_HUGETLB) != 0) {
      long log2 = flags >>> HUGE_SHIFT & HUGE_MASK;
      page = 1L << (log2 == 0 ? DEFAULT_HUGE_LOG2 : log2);
    }
    boolean anonymous = (flags & MAP_ANONYMOUS) != 0;
    sink.mapped(
        call.result(),
        roundedUp(call.argument(1), page),
        (int) call.argument(2),
        (int) flags,
        anonymous ? -1 : (int) call.argument(4),
        anonymous ? 0 : call.argument(5));
  }

  private static void unmapped(CallView call, EffectSink sink) {
    if (Outcome.isSuccess(call)) {
      sink.unmapped(call.argument(0), pages(call, 1));
    }
  }

  private static void protectedAs(CallView call, EffectSink sink) {
    if (Outcome.isSuccess(call)) {
      sink.protectedAs(call.argument(0), pages(call, 1), (int) call.argument(2));
    }
  }

  private static void moved(CallView call, EffectSink sink) {
    if (!Outcome.isSuccess(call)) {
      return;
    }
    long newBytes = pages(call, 2);
    if ((call.argument(3) & MREMAP_FIXED) != 0) {
      sink.unmapped(call.result(), newBytes);
    }
    sink.moved(call.argument(0), pages(call, 1), call.result(), newBytes);
  }

  private static void residence(CallView call, EffectSink sink) {
    long bytes = roundedUp(call.argument(1), SMALLEST_PAGE_BYTES);
    Words.written(sink, call.argument(2), Outcome.bounded(bytes / SMALLEST_PAGE_BYTES));
  }

  /** The kernel fills the structure at once, and again whenever the thread changes processors. */
  private static void registered(CallView call, EffectSink sink) {
    long sizeBytes = Integer.toUnsignedLong((int) call.argument(1));
    Words.written(sink, call.argument(0), Math.max(RSEQ_BYTES, sizeBytes));
  }

  /** A size that a program passed, in whole pages. */
  static long pages(CallView call, int size) {
    return roundedUp(call.argument(size), call.pageSizeBytes());
  }

  private static long roundedUp(long sizeBytes, long page) {
    return (sizeBytes + page - 1) & -page;
  }
}
