package io.thaw.linker.recording;

import io.thaw.linker.model.ByteBlock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Names and numbers that the writer and the reader of a recording share. */
final class RecordingFiles {

  static final String DESCRIPTION = "recording.json";
  static final String EVENTS = "events.img";
  static final String REGISTERS = "registers.bin";
  static final String DATA = "data.bin";
  static final String SYSROOT = "sysroot";

  static final ByteBlock MAGIC = ByteBlock.copyOf("THAWEVT1".getBytes(StandardCharsets.US_ASCII));

  /** Length and checksum in front of each message. */
  static final int HEADER_BYTES = 8;

  /** Longer messages are damage. */
  static final int MAX_MESSAGE_BYTES = 64 << 20;

  static final int TRIGGER_CALL = 1;
  static final int TRIGGER_COUNTER = 2;
  static final int TRIGGER_FAULT = 3;

  static final int KIND_ANONYMOUS = 1;
  static final int KIND_FILE = 2;
  static final int KIND_SHARED_MEMORY = 3;

  private RecordingFiles() {}

  static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  static ByteBuffer row(long[] words) {
    ByteBuffer bytes =
        ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(words);
    return bytes;
  }
}
