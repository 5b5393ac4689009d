package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.writes;

/** Calls about clocks, timers and sleep. */
final class TimeRows {

  private static final long TIME_BYTES = 8;

  /** {@code struct timespec}, {@code struct timeval}. */
  private static final long PAIR_BYTES = 16;

  /** {@code struct itimerspec}, {@code struct itimerval}. */
  private static final long INTERVAL_BYTES = 32;

  private static final long ZONE_BYTES = 8;
  private static final long TIMEX_BYTES = 208;
  private static final long TMS_BYTES = 32;
  private static final long TIMER_ID_BYTES = 4;

  private TimeRows() {}

  static void add(Rows rows) {
    rows.row("time", writes(0, TIME_BYTES));
    rows.row("times", writes(0, TMS_BYTES));
    rows.row("gettimeofday", writes(0, PAIR_BYTES), writes(1, ZONE_BYTES));
    rows.row("clock_gettime clock_getres", writes(1, PAIR_BYTES));
    rows.row("adjtimex", writes(0, TIMEX_BYTES));
    rows.row("clock_adjtime", writes(1, TIMEX_BYTES));
    rows.nothing("settimeofday clock_settime alarm");

    rows.row("nanosleep", writes(1, PAIR_BYTES)); // the time left, when interrupted
    rows.row("clock_nanosleep", writes(3, PAIR_BYTES));

    rows.row("getitimer", writes(1, INTERVAL_BYTES));
    rows.row("setitimer", writes(2, INTERVAL_BYTES));
    rows.row("timer_create", writes(2, TIMER_ID_BYTES));
    rows.row("timer_gettime timerfd_gettime", writes(1, INTERVAL_BYTES));
    rows.row("timer_settime timerfd_settime", writes(3, INTERVAL_BYTES));
    rows.nothing("timer_getoverrun timer_delete");
  }
}
