package io.thaw.linker.criu;

import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.PageRun.Origin;
import java.util.List;

/**
 * What a {@code pagemap-*.img} says, with pages of earlier dumps looked up already.
 *
 * @param extents in ascending order, not overlapping
 */
record PageMap(List<Extent> extents) {

  /** Where pages are. */
  enum Kind {
    /** In a pages file. */
    STORED,
    /** Nowhere: the dump left them to a server of lazy pages. */
    LAZY,
    /** Nowhere, or in a pages file as zeros. */
    ZERO
  }

  /**
   * Pages next to each other.
   *
   * @param vaddr address of the first, or offset in the object of shared memory
   * @param sizeBytes size of all of them, a multiple of the page size
   * @param kind where they are
   * @param file the pages file, for stored ones
   * @param offsetBytes where in it
   * @param origin whether this dump or an earlier one has them
   */
  record Extent(
      long vaddr, long sizeBytes, Kind kind, DataFile file, long offsetBytes, Origin origin) {

    /** The part from {@code startVaddr} up to but without {@code endVaddr}. */
    Extent part(long startVaddr, long endVaddr) {
      return new Extent(
          startVaddr,
          endVaddr - startVaddr,
          kind,
          file,
          offsetBytes + (kind == Kind.STORED ? startVaddr - vaddr : 0),
          origin);
    }

    /** The same pages, all zero. */
    Extent asZero() {
      return new Extent(vaddr, sizeBytes, Kind.ZERO, file, 0, origin);
    }

    long endVaddr() {
      return vaddr + sizeBytes;
    }

    private boolean goesOnIn(Extent next) {
      return endVaddr() == next.vaddr
          && kind == next.kind
          && origin == next.origin
          && (kind != Kind.STORED
              || (offsetBytes + sizeBytes == next.offsetBytes && file.equals(next.file)));
    }
  }

  PageMap {
    extents = List.copyOf(extents);
  }

  /** Adds an extent to a list, as part of the last one if it goes on where that ends. */
  static void add(List<Extent> extents, Extent extent) {
    int last = extents.size() - 1;
    if (last >= 0 && extents.get(last).goesOnIn(extent)) {
      Extent first = extents.get(last);
      extents.set(
          last,
          new Extent(
              first.vaddr,
              first.sizeBytes + extent.sizeBytes,
              first.kind,
              first.file,
              first.offsetBytes,
              first.origin));
    } else {
      extents.add(extent);
    }
  }

  /** Index of the first extent that ends behind {@code vaddr}. */
  int firstBehind(long vaddr) {
    int low = 0;
    int high = extents.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (extents.get(middle).endVaddr() > vaddr) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
