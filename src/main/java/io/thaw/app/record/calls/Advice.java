package io.thaw.app.record.calls;

import java.util.List;
import java.util.Optional;

/** {@code madvise} by advice; numbers from asm-generic/mman-common.h. */
final class Advice {

  private static final long DONTNEED = 4;
  private static final long NO_ADVICE = 0xffff_ffffL;
  private static final long ENOMEM = -12;

  static final CallRule RULE =
      ByCode.table("advice", 2)
          .nothing(0, 1, 2, 3) // NORMAL, RANDOM, SEQUENTIAL, WILLNEED
          .row(DONTNEED, Advice::discarded)
          .rule(8, asIf(DONTNEED)) // FREE
          .refused("a hole in the file below a mapping (MADV_REMOVE)", 9)
          .nothing(10, 11) // DONTFORK, DOFORK
          .nothing(12, 13, 14, 15) // MERGEABLE, UNMERGEABLE, HUGEPAGE, NOHUGEPAGE
          .nothing(16, 17, 18, 19) // DONTDUMP, DODUMP, WIPEONFORK, KEEPONFORK
          .nothing(20, 21, 22, 23) // COLD, PAGEOUT, POPULATE_READ, POPULATE_WRITE
          .row(24, Advice::discarded) // DONTNEED_LOCKED
          .nothing(25) // COLLAPSE
          .refused("memory made to look broken (MADV_HWPOISON, MADV_SOFT_OFFLINE)", 100, 101)
          .rule(102, asIf(NO_ADVICE)) // GUARD_INSTALL
          .rule(103, asIf(NO_ADVICE)) // GUARD_REMOVE
          .nothing(NO_ADVICE)
          .build();

  private Advice() {}

  /**
   * Another advice instead. FREE lets the kernel take pages at any later time, which nobody would
   * see: DONTNEED takes them now, which FREE allows as well. Guards are not replayed: with an
   * advice that does not exist the kernel answers EINVAL, as it did before it had guards, and
   * programs use mprotect.
   */
  private static Rule asIf(long advice) {
    Rule rule = advice == DONTNEED ? Rule.doing(Advice::discarded) : Rule.doing();
    return rule.replacedBy(
        call ->
            Optional.of(
                new Substitute.Call(
                    call.number(), List.of(call.argument(0), call.argument(1), advice))));
  }

  private static void discarded(CallView call, EffectSink sink) {
    long sizeBytes = MemoryRows.pages(call, 1);
    if (Outcome.isSuccess(call) || call.result() == ENOMEM) { // holes do not keep it from the rest
      sink.discarded(call.argument(0), sizeBytes);
    } else { // it stopped anywhere: the memory itself says where
      Words.written(sink, call.argument(0), Outcome.bounded(sizeBytes));
    }
  }
}
