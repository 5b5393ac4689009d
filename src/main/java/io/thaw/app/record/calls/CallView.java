package io.thaw.app.record.calls;

import io.thaw.linker.model.Architecture;

/**
 * A system call of the recorded process, as a rule sees it: before the kernel acts (result is not
 * there yet), or after.
 */
public interface CallView {

  Architecture architecture();

  /** The call's number on its architecture. */
  long number();

  /** Argument {@code index}, 0 to 5, as the program passed it. */
  long argument(int index);

  /** What the call returned: negative error numbers as the kernel has them. */
  long result();

  /**
   * Up to {@code sizeBytes} bytes of the program's memory at {@code vaddr}; fewer if it is not
   * readable that far.
   */
  byte[] read(long vaddr, int sizeBytes);

  /** The little-endian 64-bit word at {@code vaddr}, 0 if it is not readable. */
  long readWord(long vaddr);

  /** The little-endian 32-bit word at {@code vaddr}, 0 if it is not readable. */
  int readInt(long vaddr);

  /**
   * Whether an open file is read past the page cache (O_DIRECT). The kernel may then write all of a
   * buffer, whatever the result is: behind the end of the file, and also when it fails.
   */
  boolean readsDirectly(int fd);

  /** The page size of the process: the kernel rounds the sizes of mappings up to it. */
  default long pageSizeBytes() {
    return 4096;
  }
}
