package io.thaw.linker.criu.write;

import io.thaw.linker.criu.proto.IntervalTimer;
import io.thaw.linker.criu.proto.PosixTimer;
import io.thaw.linker.criu.proto.ResourceLimit;
import io.thaw.linker.criu.proto.ResourceLimits;
import io.thaw.linker.criu.proto.SignalAction;
import io.thaw.linker.criu.proto.Task;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.SignalState;
import io.thaw.linker.model.linux.ProcessDetails;
import io.thaw.linker.model.linux.TaskDetails;
import io.thaw.linker.model.linux.Timers;
import io.thaw.linker.problem.InvalidInputException;
import java.util.Comparator;
import java.util.List;

/** Makes the part of a leader's core that is about the process. */
final class TaskEncoder {

  private static final int ALIVE = 1;

  /** All signals but SIGKILL and SIGSTOP. */
  private static final int ACTION_COUNT = 62;

  private TaskEncoder() {}

  static Task encode(Checkpoint checkpoint, ProcessDetails details, int cgroupSet)
      throws InvalidInputException {
    TaskDetails task = details.task();
    return Task.newBuilder()
        .setState(ALIVE)
        .setExitCode(task.exitCode())
        .setPersonality(task.personality())
        .setFlags(task.flags())
        .setBlockedSignals(checkpoint.signals().blockedMask())
        .setCommand(checkpoint.identity().command())
        .setTimers(timers(task.timers()))
        .setLimits(limits(task))
        .setCgroupSet(cgroupSet)
        .setSharedSignals(CoreEncoder.signals(task.pendingSignals()))
        .setLoginUid(task.loginUid())
        .setKillPreference(task.killPreference())
        .addAllActions(actions(checkpoint))
        .setAdoptsOrphans(task.adoptsOrphans())
        .build();
  }

  private static List<SignalAction> actions(Checkpoint checkpoint) throws InvalidInputException {
    List<SignalState.Action> actions = checkpoint.signals().actions();
    if (actions.size() != ACTION_COUNT) {
      throw new InvalidInputException(
          checkpoint.source(),
          "signals",
          actions.size() + " actions",
          ACTION_COUNT + ", for all signals but SIGKILL and SIGSTOP");
    }
    return actions.stream()
        .sorted(Comparator.comparingInt(SignalState.Action::signal))
        .map(action -> action(checkpoint.architecture(), action))
        .toList();
  }

  /** On riscv64 the mask is where CRIU takes the restorer to be, as it writes it itself. */
  private static SignalAction action(Architecture architecture, SignalState.Action action) {
    boolean hasRestorer = architecture != Architecture.RISCV64;
    return SignalAction.newBuilder()
        .setHandler(action.handlerVaddr())
        .setFlags(action.flags())
        .setRestorer(hasRestorer ? action.restorerVaddr() : action.mask())
        .setMask(hasRestorer ? action.mask() : 0)
        .build();
  }

  private static ResourceLimits limits(TaskDetails task) {
    ResourceLimits.Builder limits = ResourceLimits.newBuilder();
    for (TaskDetails.Limit limit : task.limits()) {
      limits.addLimits(
          ResourceLimit.newBuilder().setCurrent(limit.current()).setMaximum(limit.maximum()));
    }
    return limits.build();
  }

  private static io.thaw.linker.criu.proto.Timers timers(Timers timers) {
    return io.thaw.linker.criu.proto.Timers.newBuilder()
        .setReal(interval(timers.real()))
        .setVirtual(interval(timers.virtual()))
        .setProfiling(interval(timers.profiling()))
        .addAllPosix(timers.posix().stream().map(TaskEncoder::posix).toList())
        .build();
  }

  private static IntervalTimer interval(Timers.Interval timer) {
    return IntervalTimer.newBuilder()
        .setIntervalSeconds(timer.intervalSeconds())
        .setIntervalMicroseconds(timer.intervalMicros())
        .setRemainingSeconds(timer.remainingSeconds())
        .setRemainingMicroseconds(timer.remainingMicros())
        .build();
  }

  private static PosixTimer posix(Timers.Posix timer) {
    PosixTimer.Builder posix =
        PosixTimer.newBuilder()
            .setId(timer.id())
            .setClock(timer.clock())
            .setSignal(timer.signal())
            .setNotification(timer.notification())
            .setValue(timer.value())
            .setOverrun(timer.overrun())
            .setIntervalSeconds(timer.intervalSeconds())
            .setIntervalNanoseconds(timer.intervalNanos())
            .setRemainingSeconds(timer.remainingSeconds())
            .setRemainingNanoseconds(timer.remainingNanos());
    if (timer.notifiedThread() != 0) {
      posix.setNotifiedThread(timer.notifiedThread());
    }
    return posix.build();
  }
}
