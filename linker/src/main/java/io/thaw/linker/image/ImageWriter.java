package io.thaw.linker.image;

import io.thaw.linker.plan.Chunk;
import io.thaw.linker.plan.ImagePlan;
import io.thaw.linker.progress.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a plan as an ELF file. It decides nothing: layout comes from {@link ElfLayout}, contents
 * from the plan; pages go from file to file by channel.
 */
public final class ImageWriter {

  private ImageWriter() {}

  /**
   * Writes {@code plan} to {@code image}, which appears whole or not at all.
   *
   * @throws IOException if it cannot be written, or a file that pages come from has changed
   */
  public static void write(ImagePlan plan, Path image, Progress progress) throws IOException {
    try (AsideFile aside = AsideFile.of(image)) {
      // Not truncated: it is empty, and ext4 flushes a file that was truncated when it is closed.
      try (FileChannel out = FileChannel.open(aside.path(), StandardOpenOption.WRITE);
          PageSources sources = new PageSources()) {
        writeTo(plan, out, sources, progress);
      }
      aside.publish();
    }
  }

  private static void writeTo(
      ImagePlan plan, FileChannel out, PageSources sources, Progress progress) throws IOException {
    ElfLayout layout = ElfLayout.of(plan);
    write(out, 0, layout.head().toArray());
    long done = 0;
    long total = layout.segments().stream().mapToLong(ElfLayout.Segment::fileSizeBytes).sum();
    for (ElfLayout.Segment segment : layout.segments()) {
      for (Chunk chunk : segment.chunks()) {
        long offset = segment.offsetBytes() + (chunk.paddr() - segment.paddr());
        if (chunk instanceof Chunk.Made made) {
          write(out, offset, made.bytes().toArray());
        } else if (chunk instanceof Chunk.Copied copied) {
          sources.copy(copied.content(), out, offset);
        }
        done += chunk.sizeBytes();
        progress.advance("writing image", Math.min(done, total), total);
      }
    }
    write(out, layout.tailOffsetBytes(), layout.tail().toArray());
  }

  private static void write(FileChannel out, long offset, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      offset += out.write(buffer, offset);
    }
  }
}
