package io.thaw.linker.plan;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.PageRun;
import java.util.Objects;

/** A stretch of physical memory as the image's file defines it. */
public sealed interface Chunk {

  /** Where it begins in physical memory. */
  long paddr();

  /** Its size in memory. */
  long sizeBytes();

  /** Bytes that the linker made. */
  record Made(long paddr, ByteBlock bytes) implements Chunk {

    public Made {
      Objects.requireNonNull(bytes);
    }

    @Override
    public long sizeBytes() {
      return bytes.sizeBytes();
    }
  }

  /**
   * Pages of the program, to be copied from where they are.
   *
   * @param content their bytes; zeros follow up to {@code sizeBytes}
   */
  record Copied(long paddr, long sizeBytes, PageRun.Stored content) implements Chunk {

    public Copied {
      Objects.requireNonNull(content);
      if (content.sizeBytes() > sizeBytes) {
        throw new IllegalArgumentException("content is larger than its pages");
      }
    }
  }

  /** Zeros that are not in the file. */
  record Zeros(long paddr, long sizeBytes) implements Chunk {}
}
