package io.thaw.app.run;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Parts what a program writes from the report behind it, where both come out of one device: a byte
 * 0, then the report. What looks like a report but has more behind it was the program's.
 */
final class ReportSplitter extends FilterOutputStream {

  private static final byte[] BEGIN = "\0thaw-report\n".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  /** Passes to {@code program} what the program wrote. */
  ReportSplitter(OutputStream program) {
    super(program);
  }

  @Override
  public void write(int value) throws IOException {
    byte one = (byte) value;
    if (one == BEGIN[0] || held.size() > ReportParser.MAX_BYTES) {
      release();
    }
    if (held.size() == 0 && one != BEGIN[0]) {
      out.write(one);
      return;
    }
    if (held.size() < BEGIN.length && one != BEGIN[held.size()]) {
      release();
      out.write(one);
      return;
    }
    held.write(one);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int plain = offset;
    int end = offset + count;
    if (held.size() == 0) {
      while (plain < end && bytes[plain] != BEGIN[0]) {
        plain++;
      }
      out.write(bytes, offset, plain - offset);
    }
    for (int i = plain; i < end; i++) {
      write(bytes[i]);
    }
  }

  /** To be called when all was written: the report, empty if there is none. */
  String finish() throws IOException {
    String report = "";
    if (held.size() >= BEGIN.length) {
      report = held.toString(StandardCharsets.ISO_8859_1).substring(1);
      held.reset();
    }
    release();
    out.flush();
    return report;
  }

  private void release() throws IOException {
    held.writeTo(out);
    held.reset();
  }
}
