package io.thaw.linker.format;

import io.thaw.linker.progress.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** Writes {@link IntelHexFormat}. */
final class IntelHexWriter {

  private static final int DATA = 0;
  private static final int END_OF_FILE = 1;
  private static final int EXTENDED_LINEAR_ADDRESS = 4;
  private static final int START_LINEAR_ADDRESS = 5;

  private final RecordText record;
  private final boolean sparse;
  private long upperHalf;

  private IntelHexWriter(TextOutput out, boolean sparse) {
    this.record = new RecordText(out);
    this.sparse = sparse;
  }

  /** Writes {@code image}, which fits, to {@code out}. */
  static void write(IntelHexFormat format, MemoryImage image, FileChannel out, Progress progress)
      throws IOException {
    TextOutput text = new TextOutput(out);
    IntelHexWriter writer = new IntelHexWriter(text, format.sparse());
    MemoryScan.run(image, format.basePaddr(), format.sparse(), progress, writer::block);
    writer.number(START_LINEAR_ADDRESS, image.entryPaddr() - format.basePaddr(), 4);
    writer.number(END_OF_FILE, 0, 0);
    text.flush();
  }

  /** Blocks end where the upper half of the address changes, so no record crosses that. */
  private void block(long address, byte[] bytes, int sizeBytes) throws IOException {
    for (int from = 0; from < sizeBytes; from += RecordText.DATA_BYTES) {
      int to = Math.min(from + RecordText.DATA_BYTES, sizeBytes);
      if (!sparse || !MemoryScan.isZero(bytes, from, to)) {
        if (address >> 16 != upperHalf) {
          upperHalf = address >> 16;
          number(EXTENDED_LINEAR_ADDRESS, upperHalf, 2);
        }
        begin(to - from, address + from, DATA);
        record.add(bytes, from, to);
        end();
      }
    }
  }

  private void number(int type, long value, int sizeBytes) throws IOException {
    begin(sizeBytes, 0, type);
    record.addNumber(value, sizeBytes);
    end();
  }

  private void begin(int sizeBytes, long address, int type) throws IOException {
    record.begin(":");
    record.add(sizeBytes);
    record.addNumber(address, 2);
    record.add(type);
  }

  private void end() throws IOException {
    record.end(-record.sum());
  }
}
