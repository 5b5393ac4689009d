package io.thaw.tests;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** The bytes of a kept analysis, changed by hand: what is wrong then is not the checksum. */
final class AnalysisBytes {

  private static final int PREFIX_BYTES = 16;
  private static final int HEAD_BYTES = 24;

  private final ByteBuffer bytes;

  /** Where sections are, by name: the last of each name. */
  private final Map<String, Integer> sections = new LinkedHashMap<>();

  AnalysisBytes(byte[] analysis) {
    this.bytes = ByteBuffer.wrap(analysis.clone()).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = PREFIX_BYTES; at < analysis.length; at = end(at) + Long.BYTES) {
      byte[] name = new byte[Long.BYTES];
      bytes.get(at, name);
      sections.put(new String(name, StandardCharsets.ISO_8859_1).replace("\0", ""), at);
    }
  }

  private int end(int section) {
    return section + HEAD_BYTES + (int) bytes.getLong(section + 2 * Long.BYTES);
  }

  Iterable<String> names() {
    return sections.keySet();
  }

  /** Words of a section. */
  int size(String section) {
    return (int) bytes.getLong(sections.get(section) + 2 * Long.BYTES) / Long.BYTES;
  }

  long word(String section, int index) {
    return bytes.getLong(sections.get(section) + HEAD_BYTES + index * Long.BYTES);
  }

  /** A copy in which a word is another one, and the checksum is right. */
  byte[] with(String section, int index, long value) {
    AnalysisBytes copy = new AnalysisBytes(bytes.array());
    int start = sections.get(section);
    copy.bytes.putLong(start + HEAD_BYTES + index * Long.BYTES, value);
    CRC32C crc = new CRC32C();
    crc.update(copy.bytes.array(), start, end(start) - start);
    copy.bytes.putLong(end(start), crc.getValue());
    return copy.bytes.array();
  }
}
