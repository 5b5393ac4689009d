package io.thaw.linker.model.linux;

import java.util.List;
import java.util.Objects;

/**
 * Timers of a process.
 *
 * @param real ITIMER_REAL
 * @param virtual ITIMER_VIRTUAL
 * @param profiling ITIMER_PROF
 * @param posix those of timer_create(2)
 */
public record Timers(Interval real, Interval virtual, Interval profiling, List<Posix> posix) {

  /**
   * A timer of setitimer(2).
   *
   * @param intervalSeconds whole seconds of its interval
   * @param intervalMicros the rest of its interval
   * @param remainingSeconds whole seconds until it expires
   * @param remainingMicros the rest of that
   */
  public record Interval(
      long intervalSeconds, long intervalMicros, long remainingSeconds, long remainingMicros) {

    /** A timer that is not armed. */
    public static final Interval OFF = new Interval(0, 0, 0, 0);

    /** Whether it is armed. */
    public boolean isArmed() {
      return (intervalSeconds | intervalMicros | remainingSeconds | remainingMicros) != 0;
    }
  }

  /**
   * A timer of timer_create(2).
   *
   * @param id its number
   * @param clock which clock it goes by
   * @param signal what it sends
   * @param notification SIGEV_ number
   * @param value what comes with the signal
   * @param overrun how often it expired since its signal was sent
   * @param intervalSeconds whole seconds of its interval
   * @param intervalNanos the rest of its interval
   * @param remainingSeconds whole seconds until it expires
   * @param remainingNanos the rest of that
   * @param notifiedThread thread that gets the signal, 0 if any may
   */
  public record Posix(
      int id,
      int clock,
      int signal,
      int notification,
      long value,
      int overrun,
      long intervalSeconds,
      long intervalNanos,
      long remainingSeconds,
      long remainingNanos,
      int notifiedThread) {

    /** Whether it is armed. */
    public boolean isArmed() {
      return (intervalSeconds | intervalNanos | remainingSeconds | remainingNanos) != 0;
    }
  }

  public Timers {
    Objects.requireNonNull(real);
    Objects.requireNonNull(virtual);
    Objects.requireNonNull(profiling);
    posix = List.copyOf(posix);
  }

  /** No timer at all. */
  public static Timers none() {
    return new Timers(Interval.OFF, Interval.OFF, Interval.OFF, List.of());
  }
}
