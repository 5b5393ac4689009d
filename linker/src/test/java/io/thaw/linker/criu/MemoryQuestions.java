package io.thaw.linker.criu;

import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What tests of a checkpoint's memory ask, and a dump with an area to be asked for. */
final class MemoryQuestions {

  static final int PAGE = 4096;
  static final long AREA = 0x10000000;

  private MemoryQuestions() {}

  static TestDump withArea(int pageCount) {
    TestDump dump = TestDump.x86();
    if (pageCount > 0) {
      dump.area(TestAreas.anonymous(AREA, AREA + (long) pageCount * PAGE));
    }
    return dump;
  }

  static byte[] filled(int pageSize, int... values) {
    byte[] bytes = new byte[pageSize * values.length];
    for (int i = 0; i < values.length; i++) {
      Arrays.fill(bytes, i * pageSize, (i + 1) * pageSize, (byte) values[i]);
    }
    return bytes;
  }

  static int[] values(Checkpoint checkpoint, long vaddr, int pageCount) throws IOException {
    CheckpointMemory memory = new CheckpointMemory(checkpoint);
    int[] values = new int[pageCount];
    for (int i = 0; i < pageCount; i++) {
      values[i] = memory.page(vaddr + (long) i * PAGE)[0] & 0xff;
    }
    return values;
  }

  static List<PageRun.Origin> origins(Checkpoint checkpoint) {
    return checkpoint.addressSpace().pages().stream()
        .map(PageRun::content)
        .filter(PageRun.Stored.class::isInstance)
        .map(content -> ((PageRun.Stored) content).origin())
        .toList();
  }

  static Optional<PageRun> find(Checkpoint checkpoint, long vaddr) {
    return checkpoint.addressSpace().pages().stream()
        .filter(run -> run.vaddr() <= vaddr && vaddr < run.vaddr() + run.pageCount() * PAGE)
        .findFirst();
  }

  static PageRun run(Checkpoint checkpoint, long vaddr) {
    return find(checkpoint, vaddr).orElseThrow();
  }

  static Vma vma(Checkpoint checkpoint, long vaddr) {
    return checkpoint.addressSpace().vmas().stream()
        .filter(vma -> vma.contains(vaddr))
        .findFirst()
        .orElseThrow();
  }
}
