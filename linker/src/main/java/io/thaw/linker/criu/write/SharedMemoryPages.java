package io.thaw.linker.criu.write;

import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Pages of the objects of shared memory, gathered from all mappings of each: the same page may be
 * seen through several.
 */
final class SharedMemoryPages {

  private final long pageSizeBytes;

  /** Runs by number of the object; their addresses are offsets in it. */
  private final TreeMap<Integer, List<PageRun>> runs = new TreeMap<>();

  SharedMemoryPages(long pageSizeBytes) {
    this.pageSizeBytes = pageSizeBytes;
  }

  /** The number of the object behind a mapping, as the reader made its identity from it. */
  static int number(Vma vma) {
    return (int) vma.backing().orElseThrow().objectId();
  }

  /** Notes the object behind a mapping, if it is one: it may have no pages. */
  void add(Vma vma) {
    if (vma.kind() == Vma.Kind.SHARED_MEMORY) {
      runs.computeIfAbsent(number(vma), number -> new ArrayList<>());
    }
  }

  void add(Vma vma, PageRun run) {
    long offset = run.vaddr() - vma.startVaddr() + vma.backing().orElseThrow().offsetBytes();
    runs.get(number(vma)).add(new PageRun(offset, run.pageCount(), run.content()));
  }

  Set<Integer> numbers() {
    return runs.navigableKeySet();
  }

  /** The pages of an object, each once, in ascending order. */
  List<PageRun> pages(int number) {
    List<PageRun> sorted = new ArrayList<>(runs.get(number));
    sorted.sort(Comparator.comparingLong(PageRun::vaddr));
    List<PageRun> pages = new ArrayList<>();
    long end = 0;
    for (PageRun run : sorted) {
      long runEnd = run.vaddr() + run.pageCount() * pageSizeBytes;
      if (runEnd > end) {
        pages.add(run.vaddr() < end ? behind(run, end) : run);
        end = runEnd;
      }
    }
    return pages;
  }

  private PageRun behind(PageRun run, long offset) {
    long shiftBytes = offset - run.vaddr();
    PageRun.Content content = run.content();
    if (content instanceof PageRun.Stored stored) {
      content =
          new PageRun.Stored(
              stored.file(),
              stored.offsetBytes() + shiftBytes,
              Math.max(0, stored.sizeBytes() - shiftBytes),
              stored.origin());
    }
    return new PageRun(offset, run.pageCount() - shiftBytes / pageSizeBytes, content);
  }
}
