package io.thaw.linker.model;

import java.util.Objects;
import java.util.Optional;

/**
 * A mapping of the process: {@code startVaddr} up to but without {@code endVaddr}.
 *
 * @param startVaddr first address, a multiple of the page size
 * @param endVaddr first address behind it, a multiple of the page size
 * @param protection what the program may do there
 * @param kind what is mapped
 * @param shared whether writes are seen through other mappings of the same object (MAP_SHARED)
 * @param growsDown whether it is a stack that grows (MAP_GROWSDOWN)
 * @param backing the file or memory object behind it
 */
public record Vma(
    long startVaddr,
    long endVaddr,
    Protection protection,
    Kind kind,
    boolean shared,
    boolean growsDown,
    Optional<Backing> backing) {

  /** What is mapped. */
  public enum Kind {
    /** Private anonymous memory: heap, stack, mmap. */
    ANONYMOUS,
    /** A file. */
    FILE,
    /** Shared anonymous memory, as memfd, shmem or System V segment. */
    SHARED_MEMORY,
    /** The kernel's code in user space. */
    VDSO,
    /** The kernel's data for the vDSO; reads as zeros in an image. */
    VVAR,
    /** A region in which every access faults. */
    GUARD
  }

  /**
   * The object behind a mapping.
   *
   * @param name path of the file in the process's view, or name of the memory object
   * @param objectId which object: equal for two mappings of the same memory, else different
   * @param offsetBytes offset in the object of the mapping's first byte
   */
  public record Backing(String name, long objectId, long offsetBytes) {

    public Backing {
      Objects.requireNonNull(name);
    }
  }

  public Vma {
    Objects.requireNonNull(protection);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(backing);
  }

  public long sizeBytes() {
    return endVaddr - startVaddr;
  }

  public boolean contains(long vaddr) {
    return Long.compareUnsigned(startVaddr, vaddr) <= 0
        && Long.compareUnsigned(vaddr, endVaddr) < 0;
  }
}
