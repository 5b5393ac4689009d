package io.thaw.linker.criu.write;

import io.thaw.linker.criu.ImageKind;
import io.thaw.linker.criu.proto.PagemapEntry;
import io.thaw.linker.criu.proto.PagemapHead;
import io.thaw.linker.model.PageRun;
import java.io.IOException;
import java.nio.file.Path;

/** One page map, {@code pagemap-NAME.img}, and the pages file that it speaks of. */
final class PageImage implements AutoCloseable {

  private static final int PE_LAZY = 2;
  private static final int PE_PRESENT = 4;

  /** The count has 32 bits. */
  private static final long MAX_PAGES_OF_ENTRY = 0xffff_ffffL;

  private final ImageOutput map;
  private final PagesFile pages;
  private final long pageSizeBytes;
  private long startVaddr;
  private long pageCount;
  private int flags;

  private PageImage(ImageOutput map, PagesFile pages, long pageSizeBytes) {
    this.map = map;
    this.pages = pages;
    this.pageSizeBytes = pageSizeBytes;
  }

  static PageImage create(Path folder, String name, int pagesId, long pageSizeBytes)
      throws IOException {
    ImageOutput map = ImageOutput.create(folder, "pagemap-" + name, ImageKind.PAGEMAP);
    try {
      map.add(PagemapHead.newBuilder().setPagesId(pagesId).build());
      PagesFile pages =
          PagesFile.create(folder.resolve("pages-" + pagesId + ".img"), (int) pageSizeBytes);
      return new PageImage(map, pages, pageSizeBytes);
    } catch (IOException | RuntimeException e) {
      map.close();
      throw e;
    }
  }

  /**
   * Adds pages behind those that were added before.
   *
   * @param canBeLazy whether a restore may fetch them when they are touched
   */
  void add(PageRun run, boolean canBeLazy) throws IOException {
    int runFlags = PE_PRESENT | (canBeLazy ? PE_LAZY : 0);
    if (runFlags != flags
        || run.vaddr() != startVaddr + pageCount * pageSizeBytes
        || pageCount + run.pageCount() > MAX_PAGES_OF_ENTRY) {
      writeEntry();
      startVaddr = run.vaddr();
      flags = runFlags;
    }
    pageCount += run.pageCount();
    long sizeBytes = run.pageCount() * pageSizeBytes;
    if (run.content() instanceof PageRun.Stored stored) {
      pages.copy(stored, sizeBytes);
    } else {
      pages.skip(sizeBytes);
    }
  }

  private void writeEntry() throws IOException {
    if (pageCount > 0) {
      map.add(
          PagemapEntry.newBuilder()
              .setVaddr(startVaddr)
              .setCompatPageCount((int) pageCount)
              .setFlags(flags)
              .build());
      pageCount = 0;
    }
  }

  @Override
  public void close() throws IOException {
    try (map;
        pages) {
      writeEntry();
    }
  }
}
