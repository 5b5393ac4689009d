package io.thaw.app.dump;

import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.linux.SharedMemoryDetails;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which pages of shared memory have contents. The process's page table does not say: others may
 * have touched a page that it never did. The kernel does, by mincore(2), but not of pages that are
 * swapped out; where some are, all are taken.
 */
final class SharedMemoryRuns {

  private static final int RESIDENT = 1;

  /** Nobody can seal memory that has no descriptor (F_SEAL_SEAL). */
  private static final int SEALED = 1;

  private static final String MEMFD = "/memfd:";

  private final Scratch scratch;
  private final long pageSizeBytes;

  SharedMemoryRuns(Scratch scratch, long pageSizeBytes) {
    this.scratch = scratch;
    this.pageSizeBytes = pageSizeBytes;
  }

  /**
   * Pages of a mapping, and whether they are the process's own or the object's.
   *
   * @param own pages that the process has for itself, in a private mapping
   * @param known pages of the object that are in the process's page table
   * @return by address
   */
  Map<Pages.Run, PageRun.Origin> find(Mapping mapping, List<Pages.Run> own, List<Pages.Run> known)
      throws IOException {
    BitSet pages = new BitSet();
    known.forEach(run -> set(pages, mapping, run, /* value= */ true));
    if (mapping.swappedBytes() > 0) {
      pages.set(0, Math.toIntExact(mapping.sizeBytes() / pageSizeBytes));
    } else {
      addResident(mapping, pages);
    }
    own.forEach(run -> set(pages, mapping, run, /* value= */ false));
    Map<Pages.Run, PageRun.Origin> runs = new TreeMap<>(Comparator.comparingLong(Pages.Run::vaddr));
    for (int at = pages.nextSetBit(0); at >= 0; ) {
      int end = pages.nextClearBit(at);
      runs.put(
          new Pages.Run(mapping.startVaddr() + at * pageSizeBytes, end - at),
          PageRun.Origin.SHARED_MEMORY);
      at = pages.nextSetBit(end);
    }
    own.forEach(run -> runs.put(run, PageRun.Origin.DUMP));
    return runs;
  }

  private void set(BitSet pages, Mapping mapping, Pages.Run run, boolean value) {
    int first = Math.toIntExact((run.vaddr() - mapping.startVaddr()) / pageSizeBytes);
    pages.set(first, Math.toIntExact(first + run.pageCount()), value);
  }

  private void addResident(Mapping mapping, BitSet pages) throws IOException {
    long step = Scratch.SIZE_BYTES * pageSizeBytes;
    int page = 0;
    for (long vaddr = mapping.startVaddr(); vaddr < mapping.endVaddr(); vaddr += step) {
      long sizeBytes = Math.min(step, mapping.endVaddr() - vaddr);
      scratch.call("mincore", scratch.numbers().mincore(), vaddr, sizeBytes, scratch.vaddr());
      ByteBuffer states = scratch.answer((int) (sizeBytes / pageSizeBytes));
      for (; states.hasRemaining(); page++) {
        if ((states.get() & RESIDENT) != 0) {
          pages.set(page);
        }
      }
    }
  }

  /**
   * What is written of an object.
   *
   * @param name as the mapping has it
   * @param sizeBytes as far as it is mapped
   */
  static SharedMemoryDetails details(int number, String name, long sizeBytes) {
    boolean isMemfd = name.startsWith(MEMFD);
    return new SharedMemoryDetails(
        number,
        isMemfd ? name.substring(MEMFD.length()) : "/dev/zero",
        sizeBytes,
        0,
        0,
        isMemfd ? 0 : SEALED);
  }
}
