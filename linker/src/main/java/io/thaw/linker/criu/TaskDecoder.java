package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.IntervalTimer;
import io.thaw.linker.criu.proto.Mm;
import io.thaw.linker.criu.proto.PosixTimer;
import io.thaw.linker.criu.proto.SignalQueue;
import io.thaw.linker.criu.proto.Task;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.linux.TaskDetails;
import io.thaw.linker.model.linux.Timers;
import java.util.List;

/** What {@code task_core_entry} and {@code mm_entry} say of a process as a whole. */
final class TaskDecoder {

  private TaskDecoder() {}

  static TaskDetails decode(Task task, Mm mm) {
    return new TaskDetails(
        task.getExitCode(),
        task.getPersonality(),
        task.getFlags(),
        task.getLoginUid(),
        task.getKillPreference(),
        task.getAdoptsOrphans(),
        mm.getDumpable(),
        mm.getHugePagesDisabled(),
        task.getLimits().getLimitsList().stream()
            .map(limit -> new TaskDetails.Limit(limit.getCurrent(), limit.getMaximum()))
            .toList(),
        timers(task),
        signals(task.getSharedSignals()));
  }

  /** Each {@code siginfo_t} of a queue. */
  static List<ByteBlock> signals(SignalQueue queue) {
    return queue.getSignalsList().stream()
        .map(signal -> ByteBlock.copyOf(signal.getSiginfo().toByteArray()))
        .toList();
  }

  /** The timers; none if the dump does not say. */
  static Timers timers(Task task) {
    if (!task.hasTimers()) {
      return Timers.none();
    }
    return new Timers(
        interval(task.getTimers().getReal()),
        interval(task.getTimers().getVirtual()),
        interval(task.getTimers().getProfiling()),
        task.getTimers().getPosixList().stream().map(TaskDecoder::posix).toList());
  }

  private static Timers.Interval interval(IntervalTimer timer) {
    return new Timers.Interval(
        timer.getIntervalSeconds(),
        timer.getIntervalMicroseconds(),
        timer.getRemainingSeconds(),
        timer.getRemainingMicroseconds());
  }

  private static Timers.Posix posix(PosixTimer timer) {
    return new Timers.Posix(
        timer.getId(),
        timer.getClock(),
        timer.getSignal(),
        timer.getNotification(),
        timer.getValue(),
        timer.getOverrun(),
        timer.getIntervalSeconds(),
        timer.getIntervalNanoseconds(),
        timer.getRemainingSeconds(),
        timer.getRemainingNanoseconds(),
        timer.getNotifiedThread());
  }
}
