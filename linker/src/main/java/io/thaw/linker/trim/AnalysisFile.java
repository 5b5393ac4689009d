package io.thaw.linker.trim;

import io.thaw.linker.image.AsideFile;
import io.thaw.linker.problem.InvalidInputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/**
 * An analysis that is kept, with what it is of: 8 bytes {@code THAWANA1}, the SHA-256 of the whole
 * image, the user instructions that were skipped as a little-endian word, then what {@link
 * AnalysisReader} reads.
 *
 * @param imageSha256 of the whole image, in hexadecimal
 * @param skippedInstructions before the interval
 */
public record AnalysisFile(String imageSha256, long skippedInstructions) {

  /** Bytes in front of the analysis. */
  static final int HEAD_BYTES = 48;

  private static final byte[] MAGIC = "THAWANA1".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST_BYTES = 32;

  /** Whether a file begins as a kept analysis does. */
  public static boolean looksLikeOne(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer magic = ByteBuffer.allocate(MAGIC.length);
      while (magic.hasRemaining() && in.read(magic) >= 0) {}
      return magic.flip().equals(ByteBuffer.wrap(MAGIC));
    }
  }

  /**
   * What a kept analysis is of.
   *
   * @throws InvalidInputException if the file is none
   */
  public static AnalysisFile read(Path file) throws InvalidInputException, IOException {
    String name = String.valueOf(file.getFileName());
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      while (head.hasRemaining() && in.read(head) >= 0) {}
      head.flip();
      if (head.remaining() < HEAD_BYTES
          || !head.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
        throw new InvalidInputException(name, "head", "something else", "an analysis");
      }
      byte[] digest = new byte[DIGEST_BYTES];
      head.position(MAGIC.length).get(digest);
      return new AnalysisFile(HexFormat.of().formatHex(digest), head.getLong());
    }
  }

  /** The analysis behind the head. */
  public static IntervalAnalysis analysis(Path file) throws InvalidInputException, IOException {
    return AnalysisReader.read(file, HEAD_BYTES);
  }

  /** Keeps what the plugin wrote; the file appears whole or not at all. */
  public void keep(Path raw, Path file) throws IOException {
    try (AsideFile aside = AsideFile.of(file)) {
      try (FileChannel in = FileChannel.open(raw, StandardOpenOption.READ);
          FileChannel out = FileChannel.open(aside.path(), StandardOpenOption.WRITE)) {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.put(MAGIC).put(HexFormat.of().parseHex(imageSha256)).putLong(skippedInstructions);
        head.flip();
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
}
