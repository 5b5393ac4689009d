package io.thaw.linker.model.linux;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.SignalState.AlternateStack;
import io.thaw.linker.model.X86ExtendedState.Component;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What Linux keeps of a thread.
 *
 * @param command its name
 * @param clearTidVaddr where the kernel writes a zero when it ends, set_tid_address(2)
 * @param robustListVaddr head of its list of robust futexes
 * @param robustListBytes size of that head
 * @param restartableSequences what rseq(2) registered
 * @param scheduling how it is scheduled
 * @param parentDeathSignal PR_SET_PDEATHSIG
 * @param blockedMask signals that it blocks, bit N-1 for signal N
 * @param alternateStack its alternate signal stack
 * @param pendingSignals a {@code siginfo_t} for each signal that is pending for it
 * @param credentials what it may do
 * @param vectorState contents of components of the XSAVE area that the registers of a checkpoint do
 *     not have
 */
public record ThreadDetails(
    String command,
    long clearTidVaddr,
    long robustListVaddr,
    int robustListBytes,
    Optional<RestartableSequences> restartableSequences,
    Scheduling scheduling,
    int parentDeathSignal,
    long blockedMask,
    AlternateStack alternateStack,
    List<ByteBlock> pendingSignals,
    Credentials credentials,
    Map<Component, ByteBlock> vectorState) {

  /**
   * The registration of rseq(2).
   *
   * @param vaddr the structure
   * @param sizeBytes its size
   * @param signature what stands before each abort handler
   */
  public record RestartableSequences(long vaddr, int sizeBytes, int signature) {}

  /**
   * How a thread is scheduled.
   *
   * @param nice -20 to 19
   * @param policy SCHED_ number
   * @param priority of real-time policies, 0 of others
   */
  public record Scheduling(int nice, int policy, int priority) {}

  public ThreadDetails {
    Objects.requireNonNull(command);
    Objects.requireNonNull(restartableSequences);
    Objects.requireNonNull(scheduling);
    Objects.requireNonNull(alternateStack);
    pendingSignals = List.copyOf(pendingSignals);
    Objects.requireNonNull(credentials);
    vectorState = Map.copyOf(vectorState);
  }
}
