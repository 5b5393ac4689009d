package io.thaw.linker.criu;

import io.thaw.linker.criu.PageMap.Extent;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.problem.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** Gathers the runs of a process in order of address. */
final class RunList {

  /** A gigabyte of heap. An object of shared memory that is mapped often has its runs as often. */
  private static final int MAX_RUNS = 8_000_000;

  private static final PageRun.Missing LAZY =
      new PageRun.Missing("left to a server of lazy pages when it was dumped");

  private static final PageRun.Missing WITHOUT_FILE =
      new PageRun.Missing("of a mapped file that is not there, or another one");

  private final String file;
  private final long pageSizeBytes;
  private final List<PageRun> runs = new ArrayList<>();

  /**
   * No runs yet.
   *
   * @param file name of the page map, for messages
   */
  RunList(String file, long pageSizeBytes) {
    this.file = file;
    this.pageSizeBytes = pageSizeBytes;
  }

  /** Adds pages of a page map, which the program sees at {@code vaddr}. */
  void add(long vaddr, Extent extent, boolean isSharedMemory) throws InvalidInputException {
    PageRun.Origin origin = isSharedMemory ? PageRun.Origin.SHARED_MEMORY : extent.origin();
    PageRun.Content content =
        switch (extent.kind()) {
          case LAZY -> LAZY;
          case ZERO -> new PageRun.Zero();
          case STORED ->
              new PageRun.Stored(extent.file(), extent.offsetBytes(), extent.sizeBytes(), origin);
        };
    add(new PageRun(vaddr, extent.sizeBytes() / pageSizeBytes, content));
  }

  /** Adds pages of a mapped file, the last of which may end before the page does. */
  void add(long vaddr, PageRun.Stored content) throws InvalidInputException {
    long pageCount = (content.sizeBytes() + pageSizeBytes - 1) / pageSizeBytes;
    add(new PageRun(vaddr, pageCount, content));
  }

  /** Adds pages of a mapped file that cannot be taken. */
  void addMissing(long startVaddr, long endVaddr) throws InvalidInputException {
    add(new PageRun(startVaddr, (endVaddr - startVaddr) / pageSizeBytes, WITHOUT_FILE));
  }

  private void add(PageRun run) throws InvalidInputException {
    if (runs.size() == MAX_RUNS) {
      throw new InvalidInputException(
          file, "", "more runs of pages", "at most " + MAX_RUNS + " in all mappings");
    }
    runs.add(run);
  }

  List<PageRun> toList() {
    return List.copyOf(runs);
  }
}
