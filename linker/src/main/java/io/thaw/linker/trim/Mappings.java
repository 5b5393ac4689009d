package io.thaw.linker.trim;

import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The stub's table of mappings in an image's memory, {@code struct thaw_vma}. */
final class Mappings {

  /** More than any image has; a larger number is damage. */
  private static final long MOST = 1 << 20;

  private final long paddr;
  private final int rowBytes;
  private final int startOffset;
  private final int endOffset;
  private final int flagsOffset;
  private final ByteBuffer rows;

  private Mappings(StubImage stub, long paddr, ByteBuffer rows) {
    this.paddr = paddr;
    this.rowBytes = stub.vmaSizeBytes();
    this.startOffset = stub.vmaOffset("start_vaddr");
    this.endOffset = stub.vmaOffset("end_vaddr");
    this.flagsOffset = stub.vmaOffset("flags");
    this.rows = rows;
  }

  /**
   * Reads the used rows.
   *
   * @throws InvalidInputException if their number is damaged
   */
  static Mappings read(String name, StubImage stub, ImageMemory memory)
      throws InvalidInputException, IOException {
    long count = stub.field("vma_count");
    if (count < 0 || count > MOST) {
      throw new InvalidInputException(
          name, "vma_count", Long.toUnsignedString(count), "at most " + MOST);
    }
    long paddr = stub.field("vma_table_vaddr") - stub.field("phys_to_virt");
    byte[] bytes = memory.read(paddr, Math.toIntExact(count * stub.vmaSizeBytes()));
    return new Mappings(stub, paddr, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  long paddr() {
    return paddr;
  }

  /** First paddr behind the used rows. */
  long endPaddr() {
    return paddr + rows.capacity();
  }

  int count() {
    return rows.capacity() / rowBytes;
  }

  /** The mapping that has a vaddr, -1 if none. */
  int at(long vaddr) {
    int low = 0;
    int high = count() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (vaddr < rows.getLong(middle * rowBytes + startOffset)) {
        high = middle - 1;
      } else if (vaddr >= rows.getLong(middle * rowBytes + endOffset)) {
        low = middle + 1;
      } else {
        return middle;
      }
    }
    return -1;
  }

  void addFlag(int mapping, long flag) {
    int at = mapping * rowBytes + flagsOffset;
    rows.putLong(at, rows.getLong(at) | flag);
  }

  byte[] toBytes() {
    byte[] bytes = new byte[rows.capacity()];
    rows.get(0, bytes);
    return bytes;
  }
}
