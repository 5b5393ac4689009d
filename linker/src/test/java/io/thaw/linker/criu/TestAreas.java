package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.MappedArea;

/** Entries of {@code mm-PID.img}. */
final class TestAreas {

  static final int REGULAR = 1;
  static final int VSYSCALL = 1 << 2;
  static final int FILE_PRIVATE = 1 << 6;
  static final int ANON_SHARED = 1 << 8;
  static final int ANON_PRIVATE = 1 << 9;
  static final int MEMFD = 1 << 14;
  static final int GUARD = 1 << 16;

  static final int READ = 1;
  static final int WRITE = 2;
  static final int EXECUTE = 4;

  private static final int MAP_SHARED = 1;
  private static final int MAP_PRIVATE = 2;

  private TestAreas() {}

  static MappedArea anonymous(long start, long end) {
    return area(start, end, ANON_PRIVATE);
  }

  static MappedArea guard(long start, long end) {
    return area(start, end, GUARD | ANON_PRIVATE);
  }

  static MappedArea area(long start, long end, int status) {
    return MappedArea.newBuilder()
        .setStart(start)
        .setEnd(end)
        .setOffset(0)
        .setObject(0)
        .setProtection(READ | WRITE)
        .setFlags(MAP_PRIVATE)
        .setStatus(REGULAR | status)
        .build();
  }

  /** A private mapping of the file of that id. */
  static MappedArea file(long start, long end, long fileId, long offset) {
    return area(start, end, FILE_PRIVATE).toBuilder()
        .setObject(fileId)
        .setOffset(offset)
        .setProtection(READ | EXECUTE)
        .build();
  }

  /** Shared memory; the object is its number, or the file's of a memfd. */
  static MappedArea shared(long start, long end, int status, long object, long offset) {
    return area(start, end, status).toBuilder()
        .setObject(object)
        .setOffset(offset)
        .setFlags(MAP_SHARED)
        .build();
  }
}
