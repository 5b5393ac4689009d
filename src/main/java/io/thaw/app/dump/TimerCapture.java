package io.thaw.app.dump;

import io.thaw.linker.model.linux.Timers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Timers of a process. */
final class TimerCapture {

  private static final int FOUR_WORDS = 4 * Long.BYTES;

  /** SIGEV_ numbers by the names that proc(5) has for them. */
  private static final Map<String, Integer> NOTIFICATIONS =
      Map.of("signal", 0, "none", 1, "thread", 2);

  private static final int TO_THREAD = 4;

  private final Scratch scratch;

  private TimerCapture(Scratch scratch) {
    this.scratch = scratch;
  }

  static Timers capture(ProcFiles files, Scratch scratch) throws IOException {
    TimerCapture capture = new TimerCapture(scratch);
    return new Timers(
        capture.interval(0), capture.interval(1), capture.interval(2), capture.posix(files));
  }

  private Timers.Interval interval(int which) throws IOException {
    scratch.call("getitimer", scratch.numbers().getitimer(), which, scratch.vaddr());
    ByteBuffer times = scratch.answer(FOUR_WORDS);
    return new Timers.Interval(times.getLong(), times.getLong(), times.getLong(), times.getLong());
  }

  /** An entry of {@code timers} begins with its id and has a pair on each line. */
  private List<Timers.Posix> posix(ProcFiles files) throws IOException {
    List<Timers.Posix> timers = new ArrayList<>();
    Map<String, String> entry = new HashMap<>();
    for (String line : files.linesIfThere("timers")) {
      int colon = line.indexOf(':');
      String key = line.substring(0, Math.max(0, colon));
      if (key.equals("ID") && !entry.isEmpty()) {
        timers.add(posix(entry));
        entry.clear();
      }
      entry.put(key, line.substring(colon + 1).trim());
    }
    if (!entry.isEmpty()) {
      timers.add(posix(entry));
    }
    return timers;
  }

  private Timers.Posix posix(Map<String, String> entry) throws IOException {
    int id = Integer.parseInt(entry.get("ID"));
    String[] signal = entry.get("signal").split("/", 2);
    String[] notify = entry.get("notify").split("[/.]", 3);
    boolean toThread = notify[1].equals("tid");
    scratch.call("timer_gettime", scratch.numbers().timerGettime(), id, scratch.vaddr());
    ByteBuffer times = scratch.answer(FOUR_WORDS);
    long overrun = scratch.tryCall(scratch.numbers().timerGetoverrun(), id);
    return new Timers.Posix(
        id,
        Integer.parseInt(entry.get("ClockID")),
        Integer.parseInt(signal[0]),
        NOTIFICATIONS.get(notify[0]) | (toThread ? TO_THREAD : 0),
        Long.parseUnsignedLong(signal[1].replaceFirst("^0x", ""), 16),
        (int) Math.max(0, overrun),
        times.getLong(),
        times.getLong(),
        times.getLong(),
        times.getLong(),
        toThread ? Integer.parseInt(notify[2]) : 0);
  }
}
