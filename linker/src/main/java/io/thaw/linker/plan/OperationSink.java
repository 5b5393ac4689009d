package io.thaw.linker.plan;

import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.Vma;

/** Where the lowering of events says what the stub has to do, and what has to be there for it. */
interface OperationSink {

  /** Bytes in the image that are none of the program's. */
  enum Area {
    /** The recording's data. */
    DATA,
    /** Contents of files that are mapped where something was mapped before. */
    CONTENTS,
    /** Registers, as the stub wants them. */
    VALUES
  }

  /** Bytes of an area. */
  record Source(Area area, long offsetBytes) {}

  /** An event begins; what follows belongs to it. */
  void event(long index, Event event);

  /** From here on something is mapped that was not before; not for pages with exact rights. */
  void mapped(Vma vma);

  /** Bytes that are at a place that was never mapped before the event. */
  void born(long vaddr, DataFile content);

  /** An operation on the program's memory at {@code vaddr}, which needs frames. */
  void write(long vaddr, long sizeBytes, Source source);

  /** Any other operation; the words of {@code struct thaw_operation}. */
  void operation(String kind, long target, long sizeBytes, long source);

  /** An operation whose source is in an area. */
  void operation(String kind, long target, long sizeBytes, Source source);
}
