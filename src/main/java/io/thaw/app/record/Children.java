package io.thaw.app.record;

import io.thaw.app.ptrace.RemoteCalls;
import io.thaw.app.ptrace.SharedProcessor;
import io.thaw.app.ptrace.Stop;
import io.thaw.app.ptrace.Tracee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the recorded process makes: processes are let go, free of what recording needs; threads are
 * held from their first instruction on.
 */
final class Children {

  private final Tracee parent;
  private final RemoteCalls parentCalls;
  private final SharedProcessor processor;
  private final HeldThreads threads;

  Children(Tracee parent, RemoteCalls parentCalls, SharedProcessor processor, HeldThreads threads) {
    this.parent = parent;
    this.parentCalls = parentCalls;
    this.processor = processor;
    this.threads = threads;
  }

  /** Takes care of the one that was made just now. */
  void born(int tid) throws IOException {
    Tracee child = parent.child(tid);
    Stop stop = child.await();
    if (stop.isOver()) {
      child.close();
    } else if (isThread(tid)) {
      threads.add(child);
    } else {
      processor.release(tid);
      CounterTrap.release(child, parentCalls.inOther(child));
      child.detach(0);
    }
  }

  private boolean isThread(int tid) {
    return Files.exists(Path.of("/proc/" + parent.pid() + "/task/" + tid));
  }
}
