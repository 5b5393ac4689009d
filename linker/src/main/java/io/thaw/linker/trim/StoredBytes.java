package io.thaw.linker.trim;

import io.thaw.linker.image.ImageDescription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Changes what an image's file has for an address. */
final class StoredBytes {

  private StoredBytes() {}

  static void put(FileChannel out, ImageDescription image, long paddr, byte[] bytes)
      throws IOException {
    for (ImageDescription.Segment segment : image.segments()) {
      long at = paddr - segment.paddr();
      if (at >= 0 && at + bytes.length <= segment.fileSizeBytes()) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          out.write(buffer, segment.offsetBytes() + at + buffer.position());
        }
        return;
      }
    }
    throw new IOException(String.format("the image stores nothing at 0x%x", paddr));
  }
}
