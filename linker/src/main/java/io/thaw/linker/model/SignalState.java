package io.thaw.linker.model;

import java.util.List;
import java.util.Objects;

/**
 * Signals of the process and its leader.
 *
 * @param actions what was asked for with sigaction, for signals that have an entry
 * @param blockedMask the leader's mask, bit N-1 for signal N
 * @param alternateStack its alternate signal stack
 * @param pendingSignals numbers of signals that were pending
 * @param armedTimers the timers that were armed, in words
 */
public record SignalState(
    List<Action> actions,
    long blockedMask,
    AlternateStack alternateStack,
    List<Integer> pendingSignals,
    List<String> armedTimers) {

  /**
   * One sigaction.
   *
   * @param signal its number, from 1
   * @param handlerVaddr handler, or 0 (default) or 1 (ignore)
   * @param flags SA_ flags
   * @param restorerVaddr return trampoline, 0 if none
   * @param mask signals blocked while it runs
   */
  public record Action(int signal, long handlerVaddr, long flags, long restorerVaddr, long mask) {}

  /**
   * sigaltstack.
   *
   * @param vaddr its start
   * @param sizeBytes its size
   * @param flags SS_ flags
   */
  public record AlternateStack(long vaddr, long sizeBytes, long flags) {}

  public SignalState {
    actions = List.copyOf(actions);
    Objects.requireNonNull(alternateStack);
    pendingSignals = List.copyOf(pendingSignals);
    armedTimers = List.copyOf(armedTimers);
  }
}
