package io.thaw.app.record;

import io.thaw.app.ptrace.Tracee;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory of a stopped process, for rules, which do not know of I/O errors. */
final class MemoryReader {

  private final Tracee tracee;

  MemoryReader(Tracee tracee) {
    this.tracee = tracee;
  }

  /** Up to {@code sizeBytes} bytes, fewer if it is not readable that far. */
  ByteBuffer read(long vaddr, int sizeBytes) {
    ByteBuffer bytes = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      tracee.read(vaddr, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.flip();
  }
}
