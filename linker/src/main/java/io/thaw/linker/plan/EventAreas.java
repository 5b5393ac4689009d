package io.thaw.linker.plan;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.DataFile;
import java.util.ArrayList;
import java.util.List;

/** Bytes that operations refer to, besides the recording's data: where each is in its area. */
final class EventAreas {

  /** What XRSTOR asks of its area. */
  private static final int ALIGNMENT_BYTES = 64;

  private final List<Placed<ByteBlock>> values = new ArrayList<>();
  private final List<Placed<DataFile>> contents = new ArrayList<>();
  private long valueBytes;
  private long contentBytes;

  /** Something, and its offset in its area. */
  record Placed<T>(long offsetBytes, T what) {}

  long addValue(ByteBlock bytes) {
    long offset = aligned(valueBytes);
    values.add(new Placed<>(offset, bytes));
    valueBytes = offset + bytes.sizeBytes();
    return offset;
  }

  long addContent(DataFile file) {
    long offset = aligned(contentBytes);
    contents.add(new Placed<>(offset, file));
    contentBytes = offset + file.sizeBytes();
    return offset;
  }

  List<Placed<ByteBlock>> values() {
    return values;
  }

  List<Placed<DataFile>> contents() {
    return contents;
  }

  long valueBytes() {
    return valueBytes;
  }

  long contentBytes() {
    return contentBytes;
  }

  private static long aligned(long offset) {
    return (offset + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES;
  }
}
