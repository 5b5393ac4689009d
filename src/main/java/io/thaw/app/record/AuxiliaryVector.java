package io.thaw.app.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel told a program when it was started. */
final class AuxiliaryVector {

  /** {@code <linux/auxvec.h>}. */
  private static final long AT_PAGESZ = 6;

  private static final long AT_ENTRY = 9;

  private AuxiliaryVector() {}

  /** The program's entry point, which its dynamic loader jumps to. */
  static long entryVaddr(int pid) throws IOException {
    return value(pid, AT_ENTRY);
  }

  /** The kernel's page size. */
  static long pageSizeBytes(int pid) throws IOException {
    return value(pid, AT_PAGESZ);
  }

  private static long value(int pid, long type) throws IOException {
    ByteBuffer auxv =
        ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/" + pid + "/auxv")))
            .order(ByteOrder.LITTLE_ENDIAN);
    while (auxv.remaining() >= 2 * Long.BYTES) {
      long found = auxv.getLong();
      long value = auxv.getLong();
      if (found == type) {
        return value;
      }
    }
    throw new IOException("/proc/" + pid + "/auxv has no entry of type " + type);
  }
}
