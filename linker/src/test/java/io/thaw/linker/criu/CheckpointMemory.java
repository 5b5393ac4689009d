package io.thaw.linker.criu;

import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.PageRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/** Memory as a checkpoint describes it: pages that it does not have are zero. */
final class CheckpointMemory {

  private final TreeMap<Long, PageRun> runs = new TreeMap<>();
  private final int pageSizeBytes;

  CheckpointMemory(Checkpoint checkpoint) {
    pageSizeBytes = (int) checkpoint.pageSizeBytes();
    for (PageRun run : checkpoint.addressSpace().pages()) {
      runs.put(run.vaddr(), run);
    }
  }

  byte[] page(long vaddr) throws IOException {
    byte[] page = new byte[pageSizeBytes];
    Map.Entry<Long, PageRun> entry = runs.floorEntry(vaddr);
    if (entry == null) {
      return page;
    }
    PageRun run = entry.getValue();
    long shift = vaddr - run.vaddr();
    if (shift >= run.pageCount() * pageSizeBytes
        || !(run.content() instanceof PageRun.Stored stored)) {
      return page;
    }
    int size = (int) Math.min(pageSizeBytes, Math.max(0, stored.sizeBytes() - shift));
    try (FileChannel channel = FileChannel.open(stored.file().path(), StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.wrap(page, 0, size);
      long at = stored.file().startBytes() + stored.offsetBytes() + shift;
      while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {}
    }
    return page;
  }
}
