package io.thaw.app.record;

import io.thaw.app.ptrace.RemoteCalls;
import io.thaw.app.ptrace.SharedProcessor;
import io.thaw.app.ptrace.TraceException;
import io.thaw.app.ptrace.Tracee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Threads of the recorded process other than the one that is recorded. They stand still for as long
 * as the recording is made, which is a way for the kernel to schedule them; so nothing changes
 * memory but the recorded thread and what it asks the kernel for.
 */
final class HeldThreads {

  private static final int NO_SUCH_PROCESS = 3;

  private final Tracee recorded;
  private final List<Tracee> threads = new ArrayList<>();

  private HeldThreads(Tracee recorded) {
    this.recorded = recorded;
  }

  /** Stops all threads that the process has, but for the one that is traced already. */
  static HeldThreads of(Tracee recorded) throws IOException {
    HeldThreads held = new HeldThreads(recorded);
    Set<Integer> known = new HashSet<>(Set.of(recorded.pid()));
    for (List<Integer> found = others(recorded.pid(), known);
        !found.isEmpty();
        found = others(recorded.pid(), known)) { // those that run may make more
      for (int tid : found) {
        known.add(tid);
        held.stop(tid);
      }
    }
    return held;
  }

  private static List<Integer> others(int pid, Set<Integer> known) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return tasks
          .map(task -> Integer.valueOf(task.getFileName().toString()))
          .filter(tid -> !known.contains(tid))
          .toList();
    }
  }

  private void stop(int tid) throws IOException {
    Tracee thread;
    try {
      thread = Tracee.attach(tid, recorded.architecture());
    } catch (TraceException e) {
      if (e.errorNumber() == NO_SUCH_PROCESS) {
        return; // it ended by itself
      }
      throw e;
    }
    if (thread.await().isOver()) {
      thread.close();
    } else {
      add(thread);
    }
  }

  /** One that stands still, and is held from now on. */
  void add(Tracee thread) throws IOException {
    if (threads.isEmpty()) {
      // Else nobody would hear of the process's end before that of its threads.
      recorded.stopAtExit();
    }
    threads.add(thread);
  }

  boolean isEmpty() {
    return threads.isEmpty();
  }

  List<Tracee> all() {
    return List.copyOf(threads);
  }

  /** Lets them run on, free of what recording needed. */
  void release(RemoteCalls calls, SharedProcessor processor) throws IOException {
    for (Tracee thread : threads) {
      processor.release(thread.pid());
      CounterTrap.release(thread, calls.inOther(thread));
    }
    abandon();
  }

  /** Lets them go where the process is about to end. */
  void abandon() throws IOException {
    for (Tracee thread : threads) {
      try {
        thread.detach(0);
      } catch (TraceException e) {
        thread.close();
        if (e.errorNumber() != NO_SUCH_PROCESS) {
          throw e;
        }
      }
    }
    threads.clear();
  }
}
