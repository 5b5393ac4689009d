package io.thaw.app.record.calls;

/** Where a rule says what a call did. Ranges that are empty are ignored. */
public interface EffectSink {

  /** The kernel wrote memory: what is there now belongs to the event. */
  void written(long vaddr, long sizeBytes);

  /** The call took bytes from the program's memory for the open file {@code fd}. */
  void output(int fd, long vaddr, long sizeBytes);

  /** {@code sizeBytes} bytes went to the open file {@code fd} from elsewhere than memory. */
  void relayed(int fd, long sizeBytes);

  /**
   * The bytes of an open file may have changed by other means than its mappings: mappings of that
   * file in the process may read differently now.
   */
  void fileChanged(int fd);

  /** A new mapping in place of whatever was there; arguments as those of mmap. */
  void mapped(long vaddr, long sizeBytes, int protection, int flags, int fd, long offsetBytes);

  /** The brk heap ends at {@code newBreakVaddr} now, or still. */
  void breakMoved(long newBreakVaddr);

  void unmapped(long vaddr, long sizeBytes);

  void protectedAs(long vaddr, long sizeBytes, int protection);

  void moved(long oldVaddr, long oldSizeBytes, long newVaddr, long newSizeBytes);

  /** Pages were thrown away and read as new. */
  void discarded(long vaddr, long sizeBytes);

  /** The base of FS or GS was set. */
  void segmentBase(boolean gs, long value);
}
