package io.thaw.linker.criu;

import io.thaw.linker.criu.PageMap.Extent;
import io.thaw.linker.criu.PageMap.Kind;
import io.thaw.linker.criu.proto.PagemapEntry;
import io.thaw.linker.criu.proto.PagemapHead;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.PageRun.Origin;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads one {@code pagemap-*.img}, and those of earlier dumps as far as it refers to them. Entries
 * are in ascending order; those that are present take their bytes from the pages file one after the
 * other, and use all of it.
 */
final class PageMapReader {

  /** Flags of {@code criu/include/pagemap.h}. */
  private static final int PE_PARENT = 1;

  private static final int PE_LAZY = 2;
  private static final int PE_PRESENT = 4;

  /** Each is held open while its parent is read. */
  private static final int MAX_CHAIN_LENGTH = 256;

  private final DumpFolder folder;
  private final String name;
  private final DataFile file;
  private final DataFile pages;
  private final long pageSizeBytes;
  private final Set<String> chain;
  private final List<Extent> extents = new ArrayList<>();
  private long pagesOffsetBytes;
  private long endVaddr;
  private int entryCount;
  private ParentPages parent;

  private PageMapReader(
      DumpFolder folder,
      String name,
      DataFile file,
      DataFile pages,
      long pageSizeBytes,
      Set<String> chain) {
    this.folder = folder;
    this.name = name;
    this.file = file;
    this.pages = pages;
    this.pageSizeBytes = pageSizeBytes;
    this.chain = chain;
  }

  /**
   * Reads a page map.
   *
   * @param folder the dump
   * @param name {@code 157} for a process, {@code shmem-3} for shared memory
   */
  static PageMap read(DumpFolder folder, String name, long pageSizeBytes)
      throws InvalidInputException, IOException {
    return read(folder, name, pageSizeBytes, new HashSet<>());
  }

  private static PageMap read(DumpFolder folder, String name, long pageSizeBytes, Set<String> chain)
      throws InvalidInputException, IOException {
    DataFile file = folder.get("pagemap-" + name + ".img");
    if (!chain.add(folder.identity())) {
      throw new InvalidInputException(
          file.name(), "parent", "a chain of parents that comes back here", "one that ends");
    }
    if (chain.size() > MAX_CHAIN_LENGTH) {
      throw new InvalidInputException(
          file.name(), "parent", "a longer chain of parents", "at most " + MAX_CHAIN_LENGTH);
    }
    try (ImageFile image = ImageFile.open(file, ImageKind.PAGEMAP)) {
      PagemapHead head = image.next(PagemapHead.parser());
      DataFile pages = folder.get("pages-" + Integer.toUnsignedString(head.getPagesId()) + ".img");
      PageMapReader reader = new PageMapReader(folder, name, file, pages, pageSizeBytes, chain);
      while (image.hasNext()) {
        reader.add(image.next(PagemapEntry.parser()));
      }
      reader.checkPagesFile();
      return new PageMap(reader.extents);
    }
  }

  private void add(PagemapEntry entry) throws InvalidInputException, IOException {
    String record = "pagemap_entry " + entryCount++;
    long vaddr = entry.getVaddr();
    // CRIU 4 counts in a field of its own, and sets the old one to zero.
    long count =
        entry.hasPageCount()
            ? entry.getPageCount()
            : Integer.toUnsignedLong(entry.getCompatPageCount());
    if (vaddr < endVaddr || vaddr % pageSizeBytes != 0) {
      throw refused(
          record,
          String.format("vaddr 0x%x", vaddr),
          String.format("a multiple of 0x%x from 0x%x on", pageSizeBytes, endVaddr));
    }
    if (count <= 0 || count > (Long.MAX_VALUE - vaddr) / pageSizeBytes) {
      throw refused(
          record,
          Long.toUnsignedString(count) + " pages",
          "at least 1, and no more than there are addresses");
    }
    endVaddr = vaddr + count * pageSizeBytes;
    addPages(record, vaddr, flags(entry));
  }

  /** Before there were flags, a page was in the parent or present. */
  private static int flags(PagemapEntry entry) {
    if (entry.hasFlags()) {
      return entry.getFlags();
    }
    return entry.getInParent() ? PE_PARENT : PE_PRESENT;
  }

  private void addPages(String record, long vaddr, int flags)
      throws InvalidInputException, IOException {
    long sizeBytes = endVaddr - vaddr;
    if ((flags & PE_PARENT) != 0) {
      parentPages(record).copy(record, vaddr, endVaddr, extents);
    } else if ((flags & PE_PRESENT) != 0) {
      Origin origin = chain.size() > 1 ? Origin.PARENT : Origin.DUMP;
      PageMap.add(
          extents, new Extent(vaddr, sizeBytes, Kind.STORED, pages, pagesOffsetBytes, origin));
      pagesOffsetBytes += sizeBytes;
    } else {
      Kind kind = (flags & PE_LAZY) != 0 ? Kind.LAZY : Kind.ZERO;
      PageMap.add(extents, new Extent(vaddr, sizeBytes, kind, pages, 0, Origin.DUMP));
    }
  }

  private ParentPages parentPages(String record) throws InvalidInputException, IOException {
    if (parent == null) {
      DumpFolder parentFolder =
          folder
              .parent()
              .orElseThrow(
                  () ->
                      refused(
                          record,
                          "pages of the dump before, and no folder parent",
                          "the dump that this one is an increment of"));
      Set<String> longer = new HashSet<>(chain);
      parent = new ParentPages(file.name(), read(parentFolder, name, pageSizeBytes, longer));
    }
    return parent;
  }

  private void checkPagesFile() throws InvalidInputException {
    if (pagesOffsetBytes != pages.sizeBytes()) {
      throw new InvalidInputException(
          pages.name(),
          "",
          pages.sizeBytes() + " bytes",
          String.format(
              "%d bytes, %d pages of %d that %s counts",
              pagesOffsetBytes, pagesOffsetBytes / pageSizeBytes, pageSizeBytes, file.name()));
    }
  }

  private InvalidInputException refused(String record, String found, String acceptable) {
    return new InvalidInputException(file.name(), record, found, acceptable);
  }
}
