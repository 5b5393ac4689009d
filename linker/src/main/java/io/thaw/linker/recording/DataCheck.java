package io.thaw.linker.recording;

import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.DataRef;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Checks bytes of a recording against their checksums, piece by piece. */
final class DataCheck implements AutoCloseable {

  private static final int PIECE_BYTES = 1 << 20;

  private final DataFile file;
  private final FileChannel channel;
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);

  DataCheck(DataFile file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file.path(), StandardOpenOption.READ);
  }

  void check(String record, DataRef ref, int crc) throws InvalidInputException, IOException {
    if (ref.offsetBytes() > file.sizeBytes()
        || ref.sizeBytes() > file.sizeBytes() - ref.offsetBytes()) {
      throw new InvalidInputException(
          file.name(),
          record,
          ref.sizeBytes() + " bytes at " + ref.offsetBytes(),
          "bytes of the file, which has " + file.sizeBytes());
    }
    CRC32C found = new CRC32C();
    for (long done = 0; done < ref.sizeBytes(); done += piece.limit()) {
      piece.clear().limit((int) Math.min(PIECE_BYTES, ref.sizeBytes() - done));
      long at = file.startBytes() + ref.offsetBytes() + done;
      while (piece.hasRemaining()) {
        if (channel.read(piece, at + piece.position()) < 0) {
          throw new IOException(file.name() + " became shorter while it was read");
        }
      }
      found.update(piece.flip());
    }
    if ((int) found.getValue() != crc) {
      throw new InvalidInputException(
          file.name(),
          record,
          String.format("bytes with checksum %08x", found.getValue()),
          String.format("%08x", crc));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
