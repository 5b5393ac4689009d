package io.thaw.linker.model;

import io.thaw.linker.model.linux.ProcessDetails;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One frozen process. Nothing downstream of a reader knows what kind of file it came from.
 *
 * @param source where it came from, for messages: the name of the dump, never an absolute path
 * @param architecture its instruction set
 * @param pageSizeBytes page size of the kernel that ran it
 * @param identity who it is
 * @param threads its threads, the leader first
 * @param addressSpace its memory
 * @param descriptors its open files, in ascending order of descriptor
 * @param signals handlers, masks, what is pending
 * @param clocks what its clocks read when it was frozen
 * @param auxv the auxiliary vector that its program was started with
 * @param details what putting it back on Linux needs besides, if the source had it
 */
public record Checkpoint(
    String source,
    Architecture architecture,
    long pageSizeBytes,
    ProcessIdentity identity,
    List<ThreadState> threads,
    AddressSpace addressSpace,
    List<Descriptor> descriptors,
    SignalState signals,
    Clocks clocks,
    Auxv auxv,
    Optional<ProcessDetails> details) {

  public Checkpoint {
    Objects.requireNonNull(source);
    Objects.requireNonNull(architecture);
    Objects.requireNonNull(identity);
    threads = List.copyOf(threads);
    Objects.requireNonNull(addressSpace);
    descriptors = List.copyOf(descriptors);
    Objects.requireNonNull(signals);
    Objects.requireNonNull(clocks);
    Objects.requireNonNull(auxv);
    Objects.requireNonNull(details);
    if (threads.isEmpty()) {
      throw new IllegalArgumentException("a process has at least one thread");
    }
  }

  /** A checkpoint of a source that has no more than an image needs. */
  public Checkpoint(
      String source,
      Architecture architecture,
      long pageSizeBytes,
      ProcessIdentity identity,
      List<ThreadState> threads,
      AddressSpace addressSpace,
      List<Descriptor> descriptors,
      SignalState signals,
      Clocks clocks,
      Auxv auxv) {
    this(
        source,
        architecture,
        pageSizeBytes,
        identity,
        threads,
        addressSpace,
        descriptors,
        signals,
        clocks,
        auxv,
        Optional.empty());
  }

  /** The thread whose number is that of the process. */
  public ThreadState leader() {
    return threads.get(0);
  }
}
