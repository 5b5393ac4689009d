package io.thaw.linker.model;

import java.util.Objects;

/**
 * Pages next to each other whose contents come from one place.
 *
 * @param vaddr address of the first, a multiple of the checkpoint's page size
 * @param pageCount how many, at least one
 * @param content what is in them
 */
public record PageRun(long vaddr, long pageCount, Content content) {

  public PageRun {
    Objects.requireNonNull(content);
    if (pageCount <= 0) {
      throw new IllegalArgumentException("pages: " + pageCount);
    }
  }

  /** What is in pages. */
  public sealed interface Content {

    /** The content behind the first {@code offsetBytes}, at most {@code maxBytes} of it. */
    default Content part(long offsetBytes, long maxBytes) {
      if (!(this instanceof Stored stored)) {
        return this;
      }
      long left = Math.max(0, stored.sizeBytes() - offsetBytes);
      return new Stored(
          stored.file(),
          stored.offsetBytes() + offsetBytes,
          Math.min(left, maxBytes),
          stored.origin());
    }
  }

  /**
   * Bytes in a file. If there are fewer than the pages hold, the rest is zero (the end of a mapped
   * file).
   *
   * @param file the file
   * @param offsetBytes where in it
   * @param sizeBytes how many bytes are there, at most those of the run
   * @param origin how the bytes came to be there
   */
  public record Stored(DataFile file, long offsetBytes, long sizeBytes, Origin origin)
      implements Content {

    public Stored {
      Objects.requireNonNull(file);
      Objects.requireNonNull(origin);
    }
  }

  /** The source had these pages, and every byte in them is zero. */
  public record Zero() implements Content {}

  /** Pages that are zero and need frames, because events of a recording write to them. */
  public record Reserved() implements Content {}

  /**
   * The source knows of these pages but does not have them.
   *
   * @param reason why, for messages
   */
  public record Missing(String reason) implements Content {

    public Missing {
      Objects.requireNonNull(reason);
    }
  }

  /** How stored bytes came to be where they are. */
  public enum Origin {
    /** In the dump itself. */
    DUMP,
    /** In an earlier dump of an incremental chain. */
    PARENT,
    /** In the dump, as a page of shared memory. */
    SHARED_MEMORY,
    /** In the mapped file. */
    FILE
  }
}
