package io.thaw.linker.criu;

import io.thaw.linker.criu.PageMap.Extent;
import io.thaw.linker.problem.InvalidInputException;
import java.util.List;

/** Pages of the dump before, taken in ascending order. */
final class ParentPages {

  private final String file;
  private final PageMap pages;

  /**
   * Pages of a parent.
   *
   * @param file the page map that refers to them, for messages
   * @param pages the page map of the parent
   */
  ParentPages(String file, PageMap pages) {
    this.file = file;
    this.pages = pages;
  }

  /** Adds the pages from {@code startVaddr} up to but without {@code endVaddr}. */
  void copy(String record, long startVaddr, long endVaddr, List<Extent> extents)
      throws InvalidInputException {
    long at = startVaddr;
    List<Extent> candidates = pages.extents();
    for (int i = pages.firstBehind(at); at < endVaddr && i < candidates.size(); i++) {
      Extent extent = candidates.get(i);
      if (extent.vaddr() > at) {
        break;
      }
      long end = Math.min(endVaddr, extent.endVaddr());
      PageMap.add(extents, extent.part(at, end));
      at = end;
    }
    if (at < endVaddr) {
      throw new InvalidInputException(
          file,
          record,
          String.format("page 0x%x, which the dump before does not have", at),
          "pages that it has");
    }
  }
}
