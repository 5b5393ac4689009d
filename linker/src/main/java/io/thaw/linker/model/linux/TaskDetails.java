package io.thaw.linker.model.linux;

import io.thaw.linker.model.ByteBlock;
import java.util.List;
import java.util.Objects;

/**
 * What Linux keeps of a process as a whole.
 *
 * @param exitCode what it would say if it ended now
 * @param personality execution domain, personality(2)
 * @param flags the kernel's PF_ flags, {@code /proc/PID/stat}
 * @param loginUid who logged in, {@code /proc/PID/loginuid}
 * @param killPreference {@code /proc/PID/oom_score_adj}
 * @param adoptsOrphans PR_SET_CHILD_SUBREAPER
 * @param dumpable PR_SET_DUMPABLE
 * @param hugePagesDisabled PR_SET_THP_DISABLE
 * @param limits resource limits in the order of {@code <asm-generic/resource.h>}
 * @param timers its timers
 * @param pendingSignals a {@code siginfo_t} for each signal that is pending for the whole process
 */
public record TaskDetails(
    int exitCode,
    int personality,
    int flags,
    int loginUid,
    int killPreference,
    boolean adoptsOrphans,
    int dumpable,
    boolean hugePagesDisabled,
    List<Limit> limits,
    Timers timers,
    List<ByteBlock> pendingSignals) {

  /**
   * A resource limit; -1 is none.
   *
   * @param current the limit
   * @param maximum how far the process may raise it
   */
  public record Limit(long current, long maximum) {}

  public TaskDetails {
    limits = List.copyOf(limits);
    Objects.requireNonNull(timers);
    pendingSignals = List.copyOf(pendingSignals);
  }
}
