package io.thaw.linker.model;

import java.util.Objects;
import java.util.Optional;

/** One change that the kernel made, or one thing that it took from the program. */
public sealed interface Effect {

  /** Memory at {@code vaddr} now has these bytes. */
  record Written(long vaddr, DataRef bytes) implements Effect {

    public Written {
      Objects.requireNonNull(bytes);
    }
  }

  /**
   * A new mapping, in place of whatever was there.
   *
   * @param vma where and what; {@link Vma.Kind#FILE} mappings have their bytes in {@code content}
   * @param content bytes of the file as they were when it was mapped, from the mapping's first
   *     byte; zeros follow. Empty for memory that starts as zeros
   */
  record Mapped(Vma vma, Optional<DataFile> content) implements Effect {

    public Mapped {
      Objects.requireNonNull(vma);
      Objects.requireNonNull(content);
    }
  }

  /** Nothing is mapped there any more. */
  record Unmapped(long startVaddr, long sizeBytes) implements Effect {}

  /** Rights changed. */
  record Protected(long startVaddr, long sizeBytes, Protection protection) implements Effect {

    public Protected {
      Objects.requireNonNull(protection);
    }
  }

  /** A mapping moved with its pages, and may have become smaller or larger (mremap). */
  record Moved(long oldVaddr, long oldSizeBytes, long newVaddr, long newSizeBytes)
      implements Effect {}

  /**
   * Pages were thrown away (madvise): private anonymous ones read as zeros now. Where a file shows
   * again a {@link Written} follows.
   */
  record Discarded(long startVaddr, long sizeBytes) implements Effect {}

  /** The base of FS or GS was set (arch_prctl); x86-64 alone. */
  record SegmentBase(boolean gs, long value) implements Effect {}

  /**
   * Floating-point and vector registers were set: when a signal is delivered, and when its handler
   * returns.
   *
   * @param state x86-64: an XSAVE area in standard form; AArch64: {@code struct user_fpsimd_state};
   *     riscv64: {@code struct __riscv_d_ext_state}
   */
  record VectorState(DataRef state) implements Effect {

    public VectorState {
      Objects.requireNonNull(state);
    }
  }

  /**
   * The call took bytes from the program's memory, for a file, a pipe, a socket, a terminal.
   *
   * @param fd where to
   * @param stream 1 or 2 if that is what the process had as stdout or stderr, else 0
   * @param vaddr where they were
   * @param sizeBytes how many were taken
   * @param digest of the bytes: {@link Digests#ofBytes}
   */
  record Output(int fd, int stream, long vaddr, long sizeBytes, long digest) implements Effect {}

  /** Bytes went to stdout or stderr from elsewhere than the program's memory (sendfile). */
  record Relayed(int fd, int stream, DataRef bytes) implements Effect {

    public Relayed {
      Objects.requireNonNull(bytes);
    }
  }
}
