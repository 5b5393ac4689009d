package io.thaw.linker.criu;

import java.util.Optional;

/** The {@code status} of a mapping: bits of {@code criu/include/image.h}. */
public record VmaStatus(int bits) {

  /** Memory of the process, as opposed to one that is only listed. */
  public static final int REGULAR = 1;

  private static final int VSYSCALL = 1 << 2;

  /** The kernel's code. */
  public static final int VDSO = 1 << 3;

  /** The brk heap. */
  public static final int HEAP = 1 << 5;

  /** A file, MAP_PRIVATE. */
  public static final int FILE_PRIVATE = 1 << 6;

  /** A file, MAP_SHARED. */
  public static final int FILE_SHARED = 1 << 7;

  private static final int ANON_SHARED = 1 << 8;

  /** Anonymous memory, MAP_PRIVATE. */
  public static final int ANON_PRIVATE = 1 << 9;

  private static final int SYSTEM_V = 1 << 10;
  private static final int SOCKET = 1 << 11;

  /** The kernel's data for its code. */
  public static final int VVAR = 1 << 12;

  private static final int AIO_RING = 1 << 13;

  /** An object of shared memory, together with how it is mapped. */
  public static final int MEMFD = 1 << 14;

  /** A region that must not be accessed; only CRIU 4 knows it. */
  public static final int GUARD = 1 << 16;

  private static final int UPROBES = 1 << 17;
  private static final int PLUGIN = 1 << 27;

  private boolean has(int some) {
    return (bits & some) != 0;
  }

  /** The kernel's own page above what programs can map. */
  boolean isVsyscall() {
    return has(VSYSCALL);
  }

  boolean isVdso() {
    return has(VDSO);
  }

  boolean isVvar() {
    return has(VVAR);
  }

  boolean isGuard() {
    return has(GUARD);
  }

  /** Shared memory that is known by a number of its own. */
  boolean isNumberedSharedMemory() {
    return has(ANON_SHARED | SYSTEM_V);
  }

  /** Shared memory, or a file that only lives in memory, that is known as a file of the dump. */
  boolean isMemfd() {
    return has(MEMFD);
  }

  boolean isFile() {
    return has(FILE_PRIVATE | FILE_SHARED);
  }

  /** What it is, if it is of a kind that no image can have. */
  Optional<String> unsupported() {
    if (has(SOCKET)) {
      return Optional.of("a packet socket's ring");
    }
    if (has(AIO_RING)) {
      return Optional.of("a ring of asynchronous input and output");
    }
    if (has(UPROBES)) {
      return Optional.of("a page of uprobes");
    }
    return has(PLUGIN) ? Optional.of("memory of a device") : Optional.empty();
  }
}
