package io.thaw.linker.image;

import io.thaw.linker.model.PageRun;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** The files that pages come from, each opened once. */
final class PageSources implements AutoCloseable {

  private final Map<Path, FileChannel> channels = new HashMap<>();

  /** Copies stored bytes to {@code offset} of {@code out}. */
  void copy(PageRun.Stored content, FileChannel out, long offset) throws IOException {
    FileChannel in = channel(content.file().path());
    long from = content.file().startBytes() + content.offsetBytes();
    out.position(offset);
    long left = content.sizeBytes();
    while (left > 0) {
      long count = in.transferTo(from, left, out);
      if (count <= 0) {
        throw new EOFException(content.file().name() + " became shorter while it was read");
      }
      from += count;
      left -= count;
    }
  }

  private FileChannel channel(Path path) throws IOException {
    FileChannel channel = channels.get(path);
    if (channel == null) {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      channels.put(path, channel);
    }
    return channel;
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : channels.values()) {
      channel.close();
    }
  }
}
