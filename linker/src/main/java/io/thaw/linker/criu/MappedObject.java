package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.model.Vma;
import java.util.Optional;

/**
 * A mapping, with where the pages are that the process does not have for itself.
 *
 * @param vma the mapping
 * @param file what files.img says of the file that is mapped
 * @param memory the shared memory that is mapped
 */
record MappedObject(Vma vma, Optional<RegularFile> file, Optional<SharedMemory> memory) {

  /**
   * An object of shared memory.
   *
   * @param number what its page map is named by
   * @param isEmpty whether it has no bytes, and then no page map
   */
  record SharedMemory(long number, boolean isEmpty) {}

  /** A mapping of pages that only the process has. */
  static MappedObject without(Vma vma) {
    return new MappedObject(vma, Optional.empty(), Optional.empty());
  }

  /** The part from {@code startVaddr} up to but without {@code endVaddr}. */
  MappedObject part(long startVaddr, long endVaddr) {
    if (startVaddr == vma.startVaddr() && endVaddr == vma.endVaddr()) {
      return this;
    }
    long shiftBytes = startVaddr - vma.startVaddr();
    Vma part =
        new Vma(
            startVaddr,
            endVaddr,
            vma.protection(),
            vma.kind(),
            vma.shared(),
            vma.growsDown(),
            vma.backing()
                .map(
                    backing ->
                        new Vma.Backing(
                            backing.name(),
                            backing.objectId(),
                            backing.offsetBytes() + shiftBytes)));
    return new MappedObject(part, file, memory);
  }
}
