package io.thaw.linker.plan;

import io.thaw.stubs.BootBlockLayout;
import java.nio.ByteBuffer;

/**
 * A row of a table of the stub's.
 *
 * @param bytes the table
 * @param offsetBytes where the row begins
 * @param structure its name in {@code boot_block.h}
 */
record StructRow(ByteBuffer bytes, int offsetBytes, BootBlockLayout layout, String structure) {

  void put(String field, long value) {
    bytes.putLong(offsetBytes + Math.toIntExact(layout.field(structure, field).value()), value);
  }
}
