package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.writes;
import static io.thaw.app.record.calls.Words.writesArray;
import static io.thaw.app.record.calls.Words.writesBits;
import static io.thaw.app.record.calls.Words.writesResult;

/** Calls that wait for one of several things, and futexes. */
final class WaitRows {

  private static final long POLL_ENTRY_BYTES = 8;

  /** {@code struct epoll_event}: 12 bytes on x86-64, 16 on AArch64. */
  private static final long EPOLL_ENTRY_BYTES = 16;

  private static final long TIME_BYTES = 16;

  private static final String PRIORITY_INHERITANCE =
      "a futex with priority inheritance, which the kernel writes at any time";

  private WaitRows() {}

  static void add(Rows rows) {
    rows.row("poll", writesArray(0, 1, POLL_ENTRY_BYTES));
    rows.row("ppoll", writesArray(0, 1, POLL_ENTRY_BYTES), writes(2, TIME_BYTES));
    rows.row(
        "select pselect6",
        writesBits(1, 0),
        writesBits(2, 0),
        writesBits(3, 0),
        writes(4, TIME_BYTES)); // the time left
    rows.row("epoll_wait epoll_pwait epoll_pwait2", writesResult(1, 2, EPOLL_ENTRY_BYTES));
    rows.rule("futex", futex());
    rows.nothing("futex_waitv futex_wait futex_wake futex_requeue");
  }

  /** Operations of linux/futex.h, without the bits for private ones and for the clock. */
  private static CallRule futex() {
    return ByCode.table("operation", 1, 0x7f)
        .nothing(0, 1, 2, 3, 4) // WAIT, WAKE, FD, REQUEUE, CMP_REQUEUE
        .row(5, writes(4, Integer.BYTES)) // WAKE_OP
        .refused(PRIORITY_INHERITANCE, 6, 7, 8) // LOCK_PI, UNLOCK_PI, TRYLOCK_PI
        .nothing(9, 10) // WAIT_BITSET, WAKE_BITSET
        .refused(PRIORITY_INHERITANCE, 11, 12, 13) // WAIT_REQUEUE_PI, CMP_REQUEUE_PI, LOCK_PI2
        .build();
  }
}
