package io.thaw.linker.criu;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
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
 * One image file: two words of magic, then messages, each behind its length in a 32-bit word,
 * little-endian, to the end of the file ({@code lib/pycriu/images/images.py} of CRIU has the
 * grammar). Messages are read one at a time.
 */
final class ImageFile implements AutoCloseable {

  /** The first word of all images that are read here. */
  private static final int COMMON_MAGIC = 0x54564319;

  /** Far above what CRIU writes: the largest message holds the mappings of one process. */
  private static final int MAX_MESSAGE_SIZE_BYTES = 64 << 20;

  private final DataFile file;
  private final DataInputStream in;
  private long offset;
  private int messageCount;

  private ImageFile(DataFile file, DataInputStream in) {
    this.file = file;
    this.in = in;
  }

  /** Opens an image and checks its magic. */
  static ImageFile open(DataFile file, ImageKind kind) throws InvalidInputException, IOException {
    FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
    ImageFile image;
    try {
      channel.position(file.startBytes());
      image =
          new ImageFile(
              file, new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel))));
      image.checkMagic(kind);
    } catch (InvalidInputException | IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return image;
  }

  /** Reads an image that has exactly one message. */
  static <T extends MessageLite> T readOne(DataFile file, ImageKind kind, Parser<T> parser)
      throws InvalidInputException, IOException {
    try (ImageFile image = open(file, kind)) {
      return image.next(parser);
    }
  }

  boolean hasNext() {
    return offset < file.sizeBytes();
  }

  /** The next message. */
  <T extends MessageLite> T next(Parser<T> parser) throws InvalidInputException, IOException {
    String record = "message " + messageCount + String.format(" at 0x%x", offset);
    long left = file.sizeBytes() - offset;
    if (left < Integer.BYTES) {
      throw refused(record, left + " bytes", "a length of 4 bytes");
    }
    long size = Integer.toUnsignedLong(word());
    left -= Integer.BYTES;
    if (size > left || size > MAX_MESSAGE_SIZE_BYTES) {
      throw refused(
          record,
          "a length of " + size + " bytes",
          "at most " + Math.min(left, MAX_MESSAGE_SIZE_BYTES) + ", the rest of the file");
    }
    byte[] bytes = new byte[(int) size];
    readFully(bytes);
    messageCount++;
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw refused(record, "a damaged message (" + e.getMessage() + ")", "one of the format");
    }
  }

  private void checkMagic(ImageKind kind) throws InvalidInputException, IOException {
    if (file.sizeBytes() < 2 * Integer.BYTES) {
      throw refused("magic", file.sizeBytes() + " bytes", "8 bytes");
    }
    int common = word();
    int own = word();
    if (common != COMMON_MAGIC || own != kind.magic()) {
      throw refused(
          "magic",
          String.format("0x%08x 0x%08x", common, own),
          String.format("0x%08x 0x%08x", COMMON_MAGIC, kind.magic()));
    }
  }

  private int word() throws InvalidInputException, IOException {
    byte[] bytes = new byte[Integer.BYTES];
    readFully(bytes);
    return (bytes[0] & 0xff)
        | (bytes[1] & 0xff) << 8
        | (bytes[2] & 0xff) << 16
        | (bytes[3] & 0xff) << 24;
  }

  private void readFully(byte[] bytes) throws InvalidInputException, IOException {
    try {
      in.readFully(bytes);
    } catch (EOFException e) {
      throw refused(
          String.format("0x%x", offset), "the end of the file", bytes.length + " more bytes");
    }
    offset += bytes.length;
  }

  private InvalidInputException refused(String record, String found, String acceptable) {
    return new InvalidInputException(file.name(), record, found, acceptable);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
