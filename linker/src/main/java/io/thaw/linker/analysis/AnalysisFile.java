package io.thaw.linker.analysis;

import io.thaw.linker.image.AsideFile;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.problem.InvalidInputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * An analysis that is kept, in the format of {@code docs/analysis-format.md}: a magic number, the
 * version, a section that says what it is of, and what the plugin wrote.
 *
 * @param imageSha256 of the whole image, in hexadecimal
 * @param architecture of the image
 * @param skippedInstructions user instructions of the image before the first that is counted
 */
public record AnalysisFile(
    String imageSha256, Architecture architecture, long skippedInstructions) {

  private static final byte[] MAGIC = "THAWANAL".getBytes(StandardCharsets.US_ASCII);
  private static final long VERSION = 1;
  private static final int PREFIX_BYTES = 2 * Long.BYTES;
  private static final String IMAGE = "image";
  private static final int DIGEST_WORDS = 4;
  private static final int IMAGE_WORDS = DIGEST_WORDS + 2;
  private static final int IMAGE_SECTION_BYTES =
      SectionReader.HEAD_BYTES + IMAGE_WORDS * Long.BYTES + Long.BYTES;

  /** Bytes in front of what the plugin wrote. */
  private static final int HEAD_BYTES = PREFIX_BYTES + IMAGE_SECTION_BYTES;

  /** Whether a file begins as a kept analysis does. */
  public static boolean looksLikeOne(Path file) throws IOException {
    return head(file, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  /**
   * What a kept analysis is of.
   *
   * @throws InvalidInputException if the file is none, or of another version
   */
  public static AnalysisFile read(Path file) throws InvalidInputException, IOException {
    String name = String.valueOf(file.getFileName());
    ByteBuffer head = head(file, HEAD_BYTES);
    if (head.remaining() < PREFIX_BYTES
        || !head.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
      throw new InvalidInputException(name, "magic", "something else", "an analysis");
    }
    long version = head.getLong(MAGIC.length);
    if (version != VERSION) {
      throw new InvalidInputException(
          name,
          "version",
          Long.toUnsignedString(version),
          VERSION + ", the only one that this version of Thaw knows");
    }
    head.position(PREFIX_BYTES);
    LongBuffer words = new SectionReader(name, head).next(IMAGE, IMAGE_WORDS).words();
    if (words.limit() != IMAGE_WORDS) {
      throw new InvalidInputException(name, IMAGE, words.limit() + " words", "" + IMAGE_WORDS);
    }
    ByteBuffer digest = ByteBuffer.allocate(DIGEST_WORDS * Long.BYTES);
    digest.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(words.slice(0, DIGEST_WORDS));
    long machine = words.get(DIGEST_WORDS);
    Architecture architecture =
        Arrays.stream(Architecture.values())
            .filter(known -> known.elfMachine() == machine)
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        name,
                        IMAGE,
                        "ELF machine " + Long.toUnsignedString(machine),
                        "that of an architecture that Thaw knows"));
    long skipped = words.get(DIGEST_WORDS + 1);
    if (skipped < 0) {
      throw new InvalidInputException(
          name, IMAGE, Long.toUnsignedString(skipped) + " instructions skipped", "fewer than 2^63");
    }
    return new AnalysisFile(HexFormat.of().formatHex(digest.array()), architecture, skipped);
  }

  /**
   * The analysis itself. Vectors stay in the file, which has to stay as it is.
   *
   * @throws InvalidInputException if it is damaged or cut off
   */
  public static IntervalAnalysis analysis(Path file) throws InvalidInputException, IOException {
    return AnalysisReader.read(file, HEAD_BYTES);
  }

  /** Keeps what the plugin wrote; the file appears whole or not at all. */
  public void keep(Path raw, Path file) throws IOException {
    try (AsideFile aside = AsideFile.of(file)) {
      try (FileChannel in = FileChannel.open(raw, StandardOpenOption.READ);
          FileChannel out = FileChannel.open(aside.path(), StandardOpenOption.WRITE)) {
        ByteBuffer head = encode();
        while (head.hasRemaining()) {
          out.write(head);
        }
        for (long done = 0; done < in.size(); ) {
          long count = in.transferTo(done, in.size() - done, out);
          if (count <= 0) {
            throw new EOFException(raw + " has become shorter");
          }
          done += count;
        }
      }
      aside.publish();
    }
  }

  private ByteBuffer encode() {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    head.put(MAGIC).putLong(VERSION);
    head.put(Arrays.copyOf(IMAGE.getBytes(StandardCharsets.US_ASCII), Long.BYTES));
    head.putLong(1).putLong(IMAGE_WORDS * (long) Long.BYTES);
    head.put(HexFormat.of().parseHex(imageSha256));
    head.putLong(architecture.elfMachine()).putLong(skippedInstructions);
    CRC32C crc = new CRC32C();
    crc.update(head.slice(PREFIX_BYTES, head.position() - PREFIX_BYTES));
    return head.putLong(crc.getValue()).flip();
  }

  private static ByteBuffer head(Path file, int sizeBytes) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer head = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
      while (head.hasRemaining() && in.read(head) >= 0) {}
      return head.flip();
    }
  }
}
