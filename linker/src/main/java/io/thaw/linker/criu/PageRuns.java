package io.thaw.linker.criu;

import io.thaw.linker.criu.PageMap.Extent;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gathers runs of pages, telling zero pages from others on the way. */
final class PageRuns implements AutoCloseable {

  private final long pageSize;
  private final List<PageRun> runs = new ArrayList<>();
  private ZeroScanner scanner;

  PageRuns(long pageSize) {
    this.pageSize = pageSize;
  }

  /** Adds an extent that the program sees at {@code vaddr}. */
  void add(Vma vma, Extent extent, long vaddr) throws IOException {
    switch (extent.kind()) {
      case LAZY ->
          runs.add(
              new PageRun(
                  vaddr,
                  extent.pageCount(),
                  new PageRun.Missing("left for a lazy-pages server when it was dumped")));
      case ZERO -> runs.add(new PageRun(vaddr, extent.pageCount(), new PageRun.Zero()));
      case STORED ->
          addScanned(
              extent,
              vaddr,
              vma.kind() == Vma.Kind.SHARED_MEMORY
                  ? PageRun.Origin.SHARED_MEMORY
                  : extent.origin());
    }
  }

  void addStored(long vaddr, long pageCount, PageRun.Stored content) {
    runs.add(new PageRun(vaddr, pageCount, content));
  }

  List<PageRun> toList() {
    return List.copyOf(runs);
  }

  private void addScanned(Extent extent, long vaddr, PageRun.Origin origin) throws IOException {
    if (scanner == null || !scanner.file().equals(extent.file())) {
      close();
      scanner = new ZeroScanner(extent.file(), pageSize);
    }
    long first = 0;
    boolean firstZero = scanner.isZero(extent.offsetBytes());
    for (long i = 1; i <= extent.pageCount(); i++) {
      boolean last = i == extent.pageCount();
      boolean zero = !last && scanner.isZero(extent.offsetBytes() + i * pageSize);
      if (last || zero != firstZero) {
        addPart(extent, vaddr, first, i - first, firstZero, origin);
        first = i;
        firstZero = zero;
      }
    }
  }

  private void addPart(
      Extent extent, long vaddr, long first, long count, boolean zero, PageRun.Origin origin) {
    PageRun.Content content =
        zero
            ? new PageRun.Zero()
            : new PageRun.Stored(
                extent.file(), extent.offsetBytes() + first * pageSize, count * pageSize, origin);
    runs.add(new PageRun(vaddr + first * pageSize, count, content));
  }

  @Override
  public void close() throws IOException {
    if (scanner != null) {
      scanner.close();
      scanner = null;
    }
  }
}
