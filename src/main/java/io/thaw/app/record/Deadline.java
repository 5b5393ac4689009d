package io.thaw.app.record;

import io.thaw.app.ptrace.Tracee;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A time after which a process is made to stop: a SIGSTOP reaches its tracer even while the process
 * waits or computes, and goes no further.
 */
final class Deadline implements AutoCloseable {

  private final ScheduledExecutorService timer;
  private volatile boolean isOver;

  private Deadline(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** Begins now; never comes if {@code time} is empty. */
  static Deadline start(Tracee tracee, Optional<Duration> time) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "deadline");
              thread.setDaemon(true);
              return thread;
            });
    Deadline deadline = new Deadline(timer);
    time.ifPresent(
        duration ->
            deadline.schedule(
                () -> {
                  deadline.isOver = true;
                  tracee.stopFromOutside();
                },
                duration));
    return deadline;
  }

  private void schedule(Runnable task, Duration duration) {
    var unused = timer.schedule(task, duration.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean isOver() {
    return isOver;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
