package io.thaw.app.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Memory as a dump has it. */
final class DumpedMemory {

  private final int pageSizeBytes;
  private final List<Vma> vmas;
  private final TreeMap<Long, PageRun> runs = new TreeMap<>();

  DumpedMemory(Checkpoint checkpoint) {
    pageSizeBytes = (int) checkpoint.pageSizeBytes();
    vmas = checkpoint.addressSpace().vmas();
    checkpoint.addressSpace().pages().forEach(run -> runs.put(run.vaddr(), run));
  }

  byte[] page(long vaddr) throws IOException {
    byte[] page = new byte[pageSizeBytes];
    Map.Entry<Long, PageRun> entry = runs.floorEntry(vaddr);
    if (entry == null
        || vaddr >= entry.getKey() + entry.getValue().pageCount() * pageSizeBytes
        || !(entry.getValue().content() instanceof PageRun.Stored stored)) {
      return page;
    }
    long shift = vaddr - entry.getKey();
    ByteBuffer bytes =
        ByteBuffer.wrap(
            page, 0, (int) Math.min(pageSizeBytes, Math.max(0, stored.sizeBytes() - shift)));
    try (FileChannel file = FileChannel.open(stored.file().path(), StandardOpenOption.READ)) {
      long at = stored.file().startBytes() + stored.offsetBytes() + shift;
      while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) > 0) {}
    }
    return page;
  }

  Vma vma(long vaddr) {
    return vmas.stream().filter(vma -> vma.contains(vaddr)).findFirst().orElseThrow();
  }

  /** Every page that the process has has to be the dump's, but for the kernel's. */
  void assertIsThatOf(HostProcess process) throws IOException {
    List<String> different = new ArrayList<>();
    int compared = 0;
    for (Vma vma : vmas) {
      if (vma.kind() == Vma.Kind.VVAR || vma.kind() == Vma.Kind.GUARD) {
        continue;
      }
      for (long at = vma.startVaddr(); at < vma.endVaddr(); at += pageSizeBytes) {
        byte[] there = process.read(at, pageSizeBytes);
        if (there.length > 0) {
          compared++;
          if (!Arrays.equals(there, page(at))) {
            different.add(String.format("0x%x of %s", at, vma));
          }
        }
      }
    }
    assertEquals(List.of(), different);
    assertTrue(compared > 50, "pages compared: " + compared);
  }
}
