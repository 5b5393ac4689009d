package io.thaw.linker.analysis;

import io.thaw.linker.problem.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Goes through the sections of an analysis: each is checked before anything of it is used. */
final class SectionReader {

  /** Name, count, size. */
  static final int HEAD_BYTES = 24;

  private static final int NAME_BYTES = 8;
  private static final int END_BYTES = Long.BYTES;

  private final String file;
  private final ByteBuffer bytes;

  /**
   * @param file what problems call it
   * @param bytes from the first section on to the end of the file
   */
  SectionReader(String file, ByteBuffer bytes) {
    this.file = file;
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * A section.
   *
   * @param count of what it holds, not negative
   */
  record Section(String name, long count, LongBuffer words) {}

  boolean hasNext() {
    return bytes.hasRemaining();
  }

  /** The name of the next section, empty if there is none. */
  String peek() {
    return bytes.remaining() < NAME_BYTES ? "" : name(bytes.position());
  }

  /** The next section, whose entries have so many words each. */
  Section next(String name, int entryWords) throws InvalidInputException {
    if (bytes.remaining() < HEAD_BYTES + END_BYTES) {
      throw refused(name, "the end of the file", "a section");
    }
    int start = bytes.position();
    if (!peek().equals(name)) {
      throw refused(name, "something else", "the section of that name");
    }
    long count = bytes.getLong(start + NAME_BYTES);
    long sizeBytes = bytes.getLong(start + NAME_BYTES + Long.BYTES);
    long room = (long) bytes.remaining() - HEAD_BYTES - END_BYTES;
    // The count is below 2^28, as the room is below 2^31: the product does not overflow.
    if (count < 0
        || count > room / Long.BYTES
        || sizeBytes > room
        || sizeBytes != count * entryWords * Long.BYTES) {
      throw refused(
          name,
          Long.toUnsignedString(count)
              + " entries of "
              + entryWords
              + " words in "
              + Long.toUnsignedString(sizeBytes)
              + " bytes",
          "what they take, and at most " + room + " bytes");
    }
    int end = start + HEAD_BYTES + (int) sizeBytes;
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(start, end - start));
    if (bytes.getLong(end) != crc.getValue()) {
      throw refused(
          name,
          String.format("checksum 0x%08x", bytes.getLong(end)),
          String.format("0x%08x, that of its bytes", crc.getValue()));
    }
    bytes.position(end + END_BYTES);
    LongBuffer words =
        bytes
            .slice(start + HEAD_BYTES, (int) sizeBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asLongBuffer();
    return new Section(name, count, words);
  }

  private String name(int at) {
    byte[] name = new byte[NAME_BYTES];
    bytes.get(at, name);
    return new String(name, StandardCharsets.ISO_8859_1).replaceFirst("\0+$", "");
  }

  private InvalidInputException refused(String record, String found, String acceptable) {
    return new InvalidInputException(file, record, found, acceptable);
  }
}
