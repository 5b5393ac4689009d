package io.thaw.app.record;

import io.thaw.app.ptrace.RemoteCalls;
import io.thaw.app.ptrace.Stop;
import io.thaw.app.ptrace.Tracee;
import java.io.IOException;

/** Processes that the recorded one makes: they are let go, free of what recording needs. */
final class Children {

  private final Tracee parent;
  private final RemoteCalls parentCalls;

  Children(Tracee parent, RemoteCalls parentCalls) {
    this.parent = parent;
    this.parentCalls = parentCalls;
  }

  /** Lets a child run by itself, its counter readable. */
  void release(int childPid) throws IOException {
    try (Tracee child = parent.child(childPid)) {
      Stop stop = child.await();
      if (stop.isOver()) {
        return;
      }
      CounterTrap.release(child, parentCalls.inChild(child));
      child.detach(0);
    }
  }
}
