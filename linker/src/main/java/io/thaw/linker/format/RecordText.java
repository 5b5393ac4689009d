package io.thaw.linker.format;

import java.io.IOException;

/**
 * A record of Intel HEX or of S-records while it is written: a mark, bytes as two digits each, a
 * sum over them, CR and LF, which is what objcopy ends lines with.
 */
final class RecordText {

  /** Bytes of memory in a record, as objcopy has it. */
  static final int DATA_BYTES = 16;

  private final TextOutput out;
  private int sum;

  RecordText(TextOutput out) {
    this.out = out;
  }

  void begin(String mark) throws IOException {
    out.text(mark);
    sum = 0;
  }

  void add(int value) throws IOException {
    out.hex(value);
    sum += value & 0xff;
  }

  /** The low {@code count} bytes of a number, the highest of them first. */
  void addNumber(long value, int count) throws IOException {
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
      add((int) (value >> shift));
    }
  }

  void add(byte[] bytes, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      add(bytes[i]);
    }
  }

  /** The sum of the bytes since {@link #begin}. */
  int sum() {
    return sum;
  }

  void end(int checksum) throws IOException {
    out.hex(checksum);
    out.text("\r\n");
  }
}
