package io.thaw.linker.criu;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.problem.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/**
 * One image file: its magic, then messages, each behind its length in a 32-bit word, little-endian,
 * to the end of the file ({@code lib/pycriu/images/images.py} of CRIU has the grammar). Messages
 * are read one at a time, and no length is believed that the file does not have.
 */
final class ImageFile implements AutoCloseable {

  /**
   * Far above what CRIU writes: the largest message holds the mappings of one process, and the
   * kernel gives a process 65,530 of them unless told otherwise.
   */
  private static final int MAX_MESSAGE_SIZE_BYTES = 32 << 20;

  private final DataFile file;
  private final DataInputStream in;
  private long offsetBytes;
  private int messageCount;

  private ImageFile(DataFile file, DataInputStream in) {
    this.file = file;
    this.in = in;
  }

  /** Opens an image and checks its magic. */
  static ImageFile open(DataFile file, ImageKind kind) throws InvalidInputException, IOException {
    FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
    try {
      channel.position(file.startBytes());
      ImageFile image =
          new ImageFile(
              file, new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel))));
      image.checkMagic(kind);
      return image;
    } catch (InvalidInputException | IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Reads an image that has exactly one message. */
  static <T extends Message> T readOne(DataFile file, ImageKind kind, Parser<T> parser)
      throws InvalidInputException, IOException {
    try (ImageFile image = open(file, kind)) {
      T message = image.next(parser);
      if (image.hasNext()) {
        throw image.refused(
            image.record(),
            (file.sizeBytes() - image.offsetBytes) + " more bytes",
            "the end of the file behind its only message");
      }
      return message;
    }
  }

  boolean hasNext() {
    return offsetBytes < file.sizeBytes();
  }

  /** The next message. */
  <T extends Message> T next(Parser<T> parser) throws InvalidInputException, IOException {
    String record = record();
    long left = file.sizeBytes() - offsetBytes;
    if (left < Integer.BYTES) {
      throw refused(record, left + " bytes", "a length of 4 bytes");
    }
    long sizeBytes = Integer.toUnsignedLong(word(record));
    left -= Integer.BYTES;
    if (sizeBytes > left || sizeBytes > MAX_MESSAGE_SIZE_BYTES) {
      throw refused(
          record,
          "a length of " + sizeBytes + " bytes",
          left <= MAX_MESSAGE_SIZE_BYTES
              ? "at most " + left + ", the rest of the file"
              : "at most " + MAX_MESSAGE_SIZE_BYTES);
    }
    byte[] bytes = new byte[(int) sizeBytes];
    readFully(record, bytes);
    messageCount++;
    return parse(record, parser, bytes);
  }

  private <T extends Message> T parse(String record, Parser<T> parser, byte[] bytes)
      throws InvalidInputException {
    T message;
    try {
      message = parser.parsePartialFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw refused(
          record, "a damaged message (" + e.getMessage() + ")", "a message of the format");
    }
    if (!message.isInitialized()) {
      throw refused(
          record,
          "a message without field " + MissingFields.describe(message),
          "one with all required fields");
    }
    return message;
  }

  private void checkMagic(ImageKind kind) throws InvalidInputException, IOException {
    int count = kind.magicWordCount();
    if (file.sizeBytes() < (long) count * Integer.BYTES) {
      throw refused("magic", file.sizeBytes() + " bytes", count * Integer.BYTES + " bytes");
    }
    StringBuilder found = new StringBuilder();
    StringBuilder acceptable = new StringBuilder();
    for (int i = 0; i < count; i++) {
      found.append(String.format(" 0x%08x", word("magic")));
      acceptable.append(String.format(" 0x%08x", kind.magicWord(i)));
    }
    if (!found.toString().contentEquals(acceptable)) {
      throw refused("magic", found.substring(1), acceptable.substring(1));
    }
  }

  private int word(String record) throws InvalidInputException, IOException {
    byte[] bytes = new byte[Integer.BYTES];
    readFully(record, bytes);
    return (bytes[0] & 0xff)
        | (bytes[1] & 0xff) << 8
        | (bytes[2] & 0xff) << 16
        | (bytes[3] & 0xff) << 24;
  }

  private void readFully(String record, byte[] bytes) throws InvalidInputException, IOException {
    try {
      in.readFully(bytes);
    } catch (EOFException e) {
      // The file became shorter since its size was asked for.
      throw refused(record, "the end of the file", bytes.length + " more bytes");
    }
    offsetBytes += bytes.length;
  }

  private String record() {
    return String.format("message %d at 0x%x", messageCount, offsetBytes);
  }

  private InvalidInputException refused(String record, String found, String acceptable) {
    return new InvalidInputException(file.name(), record, found, acceptable);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
