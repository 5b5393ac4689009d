package io.thaw.app.dump;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tells which descriptors are duplicates of each other, and numbers the files behind them. */
final class OpenFileIds {

  private static final int KCMP_FILE = 0;

  private final int pid;
  private final Scratch scratch;
  private final List<Known> known = new ArrayList<>();

  private record Known(int fd, String link, long flags, long positionBytes) {}

  OpenFileIds(int pid, Scratch scratch) {
    this.pid = pid;
    this.scratch = scratch;
  }

  /** The number of the open file behind a descriptor, from 1. */
  long of(int fd, String link, long flags, long positionBytes) throws IOException {
    Known file = new Known(fd, link, flags, positionBytes);
    for (int i = 0; i < known.size(); i++) {
      Known other = known.get(i);
      if (other.link().equals(link)
          && other.flags() == flags
          && other.positionBytes() == positionBytes
          && isSame(other.fd(), fd)) {
        return i + 1L;
      }
    }
    known.add(file);
    return known.size();
  }

  /**
   * kcmp(2) is asked inside the process, which may compare its own files whoever it is. A kernel
   * without it leaves what is more likely: all that is known of them is equal.
   */
  private boolean isSame(int one, int other) throws IOException {
    long order = scratch.tryCall(scratch.numbers().kcmp(), pid, pid, KCMP_FILE, one, other);
    return order == 0 || Scratch.isError(order);
  }
}
