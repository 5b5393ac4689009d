package io.thaw.linker.criu;

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
 * What a {@code pagemap-*.img} says, with pages of earlier dumps looked up already.
 *
 * @param extents in ascending order, not overlapping
 */
record PageMap(List<Extent> extents) {

  /** Flags of {@code criu/include/pagemap.h}. */
  private static final int PE_PARENT = 1;

  private static final int PE_LAZY = 2;
  private static final int PE_PRESENT = 4;

  /**
   * Pages next to each other.
   *
   * @param vaddr address of the first, or offset in the object of shared memory
   * @param pageCount how many
   * @param kind where they are
   * @param file the pages file, for stored ones
   * @param offsetBytes where in it
   * @param origin whether this dump or an earlier one has them
   */
  record Extent(
      long vaddr, long pageCount, Kind kind, DataFile file, long offsetBytes, Origin origin) {

    /** The part of the extent from {@code startVaddr} on with {@code count} pages. */
    Extent part(long startVaddr, long count, long pageSizeBytes) {
      return new Extent(startVaddr, count, kind, file, offsetBytes + (startVaddr - vaddr), origin);
    }

    long endVaddr(long pageSizeBytes) {
      return vaddr + pageCount * pageSizeBytes;
    }
  }

  /** Where pages are. */
  enum Kind {
    STORED,
    LAZY,
    ZERO
  }

  PageMap {
    extents = List.copyOf(extents);
  }

  /**
   * Reads a page map.
   *
   * @param folder the dump
   * @param name {@code 157} for a process, {@code shmem-3} for shared memory
   */
  static PageMap read(DumpFolder folder, String name, long pageSizeBytes)
      throws InvalidInputException, IOException {
    return read(folder, name, pageSizeBytes, new HashSet<>(), /* isParent= */ false);
  }

  private static PageMap read(
      DumpFolder folder, String name, long pageSizeBytes, Set<String> seen, boolean isParent)
      throws InvalidInputException, IOException {
    String image = "pagemap-" + name + ".img";
    DataFile file = folder.get(image);
    if (!seen.add(folder.identity())) {
      throw new InvalidInputException(
          file.name(), "parent", "a chain of parents that comes back here", "one that ends");
    }
    Reader reader = new Reader(folder, name, file, pageSizeBytes, seen, isParent);
    try (ImageFile messages = ImageFile.open(file, ImageKind.PAGEMAP)) {
      reader.open(messages.next(PagemapHead.parser()));
      while (messages.hasNext()) {
        reader.add(messages.next(PagemapEntry.parser()));
      }
    }
    reader.checkPagesFile();
    return new PageMap(reader.extents);
  }

  /** The work of {@link #read}. */
  private static final class Reader {
    private final DumpFolder folder;
    private final String name;
    private final DataFile file;
    private final long pageSize;
    private final Set<String> seen;
    private final Origin origin;
    private final List<Extent> extents = new ArrayList<>();
    private DataFile pages;
    private long pagesOffset;
    private long endVaddr;
    private int entryCount;
    private PageMap parent;
    private int nextOfParent;

    Reader(
        DumpFolder folder,
        String name,
        DataFile file,
        long pageSize,
        Set<String> seen,
        boolean isParent) {
      this.folder = folder;
      this.name = name;
      this.file = file;
      this.pageSize = pageSize;
      this.seen = seen;
      this.origin = isParent ? Origin.PARENT : Origin.DUMP;
    }

    void open(PagemapHead head) throws InvalidInputException, IOException {
      pages = folder.get("pages-" + Integer.toUnsignedString(head.getPagesId()) + ".img");
    }

    void add(PagemapEntry entry) throws InvalidInputException, IOException {
      String record = "pagemap_entry " + entryCount++;
      long vaddr = entry.getVaddr();
      long count =
          entry.hasPageCount()
              ? entry.getPageCount()
              : Integer.toUnsignedLong(entry.getCompatPageCount());
      if (vaddr % pageSize != 0 || vaddr < endVaddr) {
        throw refused(
            record,
            String.format("vaddr 0x%x", vaddr),
            String.format("a multiple of 0x%x from 0x%x on", pageSize, endVaddr));
      }
      if (count <= 0 || count > (Long.MAX_VALUE - vaddr) / pageSize) {
        throw refused(record, count + " pages", "at least 1, within the address space");
      }
      endVaddr = vaddr + count * pageSize;
      addPages(record, vaddr, count, flags(entry));
    }

    /** Before there were flags, a page was in the parent or present. */
    private static int flags(PagemapEntry entry) {
      if (entry.hasFlags()) {
        return entry.getFlags();
      }
      return entry.getInParent() ? PE_PARENT : PE_PRESENT;
    }

    private void addPages(String record, long vaddr, long count, int flags)
        throws InvalidInputException, IOException {
      if ((flags & PE_PARENT) != 0) {
        addFromParent(record, vaddr, count);
      } else if ((flags & PE_PRESENT) != 0) {
        extents.add(new Extent(vaddr, count, Kind.STORED, pages, pagesOffset, origin));
        pagesOffset += count * pageSize;
      } else if ((flags & PE_LAZY) != 0) {
        extents.add(new Extent(vaddr, count, Kind.LAZY, pages, 0, origin));
      } else {
        extents.add(new Extent(vaddr, count, Kind.ZERO, pages, 0, origin));
      }
    }

    private void addFromParent(String record, long vaddr, long count)
        throws InvalidInputException, IOException {
      if (parent == null) {
        DumpFolder parentFolder =
            folder
                .parent()
                .orElseThrow(
                    () -> refused(record, "pages of a parent, and no parent", "a folder parent"));
        parent = read(parentFolder, name, pageSize, seen, /* isParent= */ true);
      }
      long end = vaddr + count * pageSize;
      long at = vaddr;
      List<Extent> candidates = parent.extents();
      while (nextOfParent < candidates.size()
          && candidates.get(nextOfParent).endVaddr(pageSize) <= at) {
        nextOfParent++;
      }
      for (int i = nextOfParent; at < end && i < candidates.size(); i++) {
        Extent extent = candidates.get(i);
        if (extent.vaddr() > at) {
          break;
        }
        long pieceCount = (Math.min(end, extent.endVaddr(pageSize)) - at) / pageSize;
        Extent piece = extent.part(at, pieceCount, pageSize);
        extents.add(piece);
        at += pieceCount * pageSize;
      }
      if (at < end) {
        throw refused(
            record,
            String.format("page 0x%x, which no parent has", at),
            "pages that the parent has");
      }
    }

    void checkPagesFile() throws InvalidInputException {
      if (pagesOffset > pages.sizeBytes()) {
        throw new InvalidInputException(
            pages.name(),
            "",
            pages.sizeBytes() + " bytes",
            "at least " + pagesOffset + " bytes, which " + file.name() + " counts");
      }
    }

    private InvalidInputException refused(String record, String found, String acceptable) {
      return new InvalidInputException(file.name(), record, found, acceptable);
    }
  }
}
