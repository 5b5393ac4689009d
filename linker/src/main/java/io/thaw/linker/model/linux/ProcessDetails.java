package io.thaw.linker.model.linux;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What it takes, besides a checkpoint, to put a process back on Linux.
 *
 * @param program path of the program
 * @param workingFolder path of the working folder
 * @param rootFolder path of the root folder
 * @param creationMask permissions that new files do not get (umask)
 * @param layout where parts of the program are
 * @param task what is kept of the process as a whole
 * @param threads what is kept of its threads, in the order of the checkpoint's
 * @param files what is known of files that the process names, by path
 * @param mappings what a mapping has besides what the checkpoint says, in ascending order; one that
 *     was split may have an entry for all its parts
 * @param sharedMemory the shared memory that is mapped, in the order of its numbers
 * @param descriptors what a descriptor has besides what the checkpoint says, in ascending order
 * @param terminals the terminals that are open
 */
public record ProcessDetails(
    String program,
    String workingFolder,
    String rootFolder,
    int creationMask,
    ProgramLayout layout,
    TaskDetails task,
    List<ThreadDetails> threads,
    Map<String, FileDetails> files,
    List<MappingDetails> mappings,
    List<SharedMemoryDetails> sharedMemory,
    List<DescriptorDetails> descriptors,
    List<TerminalDetails> terminals) {

  public ProcessDetails {
    Objects.requireNonNull(program);
    Objects.requireNonNull(workingFolder);
    Objects.requireNonNull(rootFolder);
    Objects.requireNonNull(layout);
    Objects.requireNonNull(task);
    threads = List.copyOf(threads);
    files = Map.copyOf(files);
    mappings = List.copyOf(mappings);
    sharedMemory = List.copyOf(sharedMemory);
    descriptors = List.copyOf(descriptors);
    terminals = List.copyOf(terminals);
  }

  /** What is known of the mapping that has {@code vaddr}. */
  public Optional<MappingDetails> mapping(long vaddr) {
    int low = 0;
    int high = mappings.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (mappings.get(middle).startVaddr() <= vaddr) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > 0 && vaddr < mappings.get(low - 1).endVaddr()
        ? Optional.of(mappings.get(low - 1))
        : Optional.empty();
  }

  /** What is known of shared memory of that number. */
  public Optional<SharedMemoryDetails> sharedMemory(long number) {
    return sharedMemory.stream().filter(memory -> memory.number() == number).findFirst();
  }

  /** What is known of that descriptor. */
  public Optional<DescriptorDetails> descriptor(int fd) {
    return descriptors.stream().filter(descriptor -> descriptor.fd() == fd).findFirst();
  }

  /** The terminal of that open file. */
  public Optional<TerminalDetails> terminal(long openFileId) {
    return terminals.stream().filter(t -> t.openFileId() == openFileId).findFirst();
  }
}
