package io.thaw.app.progress;

import io.thaw.app.text.Quantities;
import io.thaw.linker.progress.Progress;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * One line on a terminal that is drawn over until {@link #close()} wipes it. Nothing is drawn in
 * the first instants, so that short work stays silent.
 */
public final class TerminalProgress implements Progress, AutoCloseable {

  private static final long FIRST_DRAWING_NANOS = 300_000_000L;
  private static final long BETWEEN_DRAWINGS_NANOS = 100_000_000L;

  /** Carriage return, erase to the end of the line (ECMA-48, EL). */
  private static final String WIPE = "\r\033[K";

  private final PrintStream terminal;
  private final LongSupplier nanoClock;
  private long nextDrawingNanos;
  private boolean drawn;

  /** Draws on {@code terminal}. */
  public TerminalProgress(PrintStream terminal) {
    this(terminal, System::nanoTime);
  }

  TerminalProgress(PrintStream terminal, LongSupplier nanoClock) {
    this.terminal = terminal;
    this.nanoClock = nanoClock;
    this.nextDrawingNanos = nanoClock.getAsLong() + FIRST_DRAWING_NANOS;
  }

  @Override
  public void advance(String step, long done, long total) {
    long now = nanoClock.getAsLong();
    if (now - nextDrawingNanos < 0) {
      return;
    }
    nextDrawingNanos = now + BETWEEN_DRAWINGS_NANOS;
    drawn = true;
    terminal.print(WIPE + line(step, done, total));
    terminal.flush();
  }

  private static String line(String step, long done, long total) {
    if (total <= 0) {
      return step + ": " + Quantities.formatSize(done);
    }
    long percent = (long) (100.0 * Math.min(done, total) / total);
    return String.format(
        "%s: %3d%% (%s of %s)",
        step, percent, Quantities.formatSize(done), Quantities.formatSize(total));
  }

  /** Wipes what was drawn. */
  @Override
  public void close() {
    if (drawn) {
      terminal.print(WIPE);
      terminal.flush();
      drawn = false;
    }
  }
}
