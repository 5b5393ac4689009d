package io.thaw.linker.format;

import io.thaw.linker.progress.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Writes {@link SRecordFormat}. */
final class SRecordWriter {

  /** The text of S0, which nothing interprets. */
  private static final byte[] HEADER = "thaw".getBytes(StandardCharsets.US_ASCII);

  private final RecordText record;
  private final boolean sparse;

  private SRecordWriter(TextOutput out, boolean sparse) {
    this.record = new RecordText(out);
    this.sparse = sparse;
  }

  /** Writes {@code image}, which fits, to {@code out}. */
  static void write(SRecordFormat format, MemoryImage image, FileChannel out, Progress progress)
      throws IOException {
    TextOutput text = new TextOutput(out);
    SRecordWriter writer = new SRecordWriter(text, format.sparse());
    writer.put("S0", 0, 2, HEADER, 0, HEADER.length);
    MemoryScan.run(image, format.basePaddr(), format.sparse(), progress, writer::block);
    writer.put("S7", image.entryPaddr() - format.basePaddr(), 4, new byte[0], 0, 0);
    text.flush();
  }

  private void block(long address, byte[] bytes, int sizeBytes) throws IOException {
    for (int from = 0; from < sizeBytes; from += RecordText.DATA_BYTES) {
      int to = Math.min(from + RecordText.DATA_BYTES, sizeBytes);
      if (!sparse || !MemoryScan.isZero(bytes, from, to)) {
        put("S3", address + from, 4, bytes, from, to);
      }
    }
  }

  /** The count is of all that follows it; the checksum is the sum's complement. */
  private void put(String type, long address, int addressBytes, byte[] bytes, int from, int to)
      throws IOException {
    record.begin(type);
    record.add(addressBytes + to - from + 1);
    record.addNumber(address, addressBytes);
    record.add(bytes, from, to);
    record.end(~record.sum());
  }
}
