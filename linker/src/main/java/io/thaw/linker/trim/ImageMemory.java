package io.thaw.linker.trim;

import io.thaw.linker.image.ImageDescription;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Physical memory as a file has it: an image, or the RAM of a machine. */
public final class ImageMemory implements Closeable {

  private final FileChannel file;
  private final List<Piece> pieces;

  /**
   * Memory from the file; behind {@code fileSizeBytes} it is zero.
   *
   * @param paddr where it begins
   * @param sizeBytes its size
   * @param offsetBytes where it begins in the file
   * @param fileSizeBytes how much of it the file has
   */
  public record Piece(long paddr, long sizeBytes, long offsetBytes, long fileSizeBytes) {}

  private ImageMemory(FileChannel file, List<Piece> pieces) {
    this.file = file;
    this.pieces = List.copyOf(pieces);
  }

  /** The memory of an image when it is loaded. */
  public static ImageMemory ofImage(Path image, ImageDescription description) throws IOException {
    return of(
        image,
        description.segments().stream()
            .map(
                segment ->
                    new Piece(
                        segment.paddr(),
                        segment.memorySizeBytes(),
                        segment.offsetBytes(),
                        segment.fileSizeBytes()))
            .toList());
  }

  /** Memory of which a file has pieces. */
  public static ImageMemory of(Path file, List<Piece> pieces) throws IOException {
    return new ImageMemory(FileChannel.open(file, StandardOpenOption.READ), pieces);
  }

  /** Bytes at a paddr; zeros where there is nothing. */
  public byte[] read(long paddr, int sizeBytes) throws IOException {
    byte[] bytes = new byte[sizeBytes];
    for (Piece piece : pieces) {
      long from = Math.max(paddr, piece.paddr());
      long to = Math.min(paddr + sizeBytes, piece.paddr() + piece.fileSizeBytes());
      if (from < to) {
        ByteBuffer part = ByteBuffer.wrap(bytes, (int) (from - paddr), (int) (to - from));
        long offset = piece.offsetBytes() + from - piece.paddr();
        while (part.hasRemaining()) {
          int count = file.read(part, offset);
          if (count < 0) {
            throw new EOFException("memory at 0x" + Long.toHexString(from) + " is cut off");
          }
          offset += count;
        }
      }
    }
    return bytes;
  }

  /** The little-endian word at a paddr. */
  public long word(long paddr) throws IOException {
    return ByteBuffer.wrap(read(paddr, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
