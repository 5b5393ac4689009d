package io.thaw.linker.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where in physical memory the program's pages are that have frames. */
final class FrameMap {

  private final TreeMap<Long, Run> byVaddr = new TreeMap<>();
  private final long pageSizeBytes;

  private record Run(long vaddr, long sizeBytes, long paddr) {}

  /** A part of a range that is in one place: {@code offsetBytes} into the range. */
  record Piece(long offsetBytes, long paddr, long sizeBytes) {}

  FrameMap(MemoryPlan memory, UserPages pages, long pageSizeBytes) {
    this.pageSizeBytes = pageSizeBytes;
    for (MemoryPlan.Placed placed : memory.placed()) {
      add(placed.vaddr(), placed.pageCount() * pageSizeBytes, placed.paddr());
    }
    for (UserPages.Alias alias : pages.aliases()) {
      Long paddr = memory.framePaddr(alias.firstVaddr());
      if (paddr != null) {
        add(alias.vaddr(), pageSizeBytes, paddr);
      }
    }
  }

  private void add(long vaddr, long sizeBytes, long paddr) {
    byVaddr.put(vaddr, new Run(vaddr, sizeBytes, paddr));
  }

  /** The range, as runs that are contiguous in physical memory; what has no frame is left out. */
  List<Piece> pieces(long vaddr, long sizeBytes) {
    List<Piece> pieces = new ArrayList<>();
    long end = vaddr + sizeBytes;
    long at = vaddr;
    while (at < end) {
      Map.Entry<Long, Run> entry = byVaddr.floorEntry(at);
      Run run = entry == null ? null : entry.getValue();
      if (run == null || at >= run.vaddr() + run.sizeBytes()) {
        at = (at & -pageSizeBytes) + pageSizeBytes;
        continue;
      }
      long bytes = Math.min(end, run.vaddr() + run.sizeBytes()) - at;
      add(pieces, new Piece(at - vaddr, run.paddr() + (at - run.vaddr()), bytes));
      at += bytes;
    }
    return pieces;
  }

  private static void add(List<Piece> pieces, Piece piece) {
    int last = pieces.size() - 1;
    if (last >= 0) {
      Piece before = pieces.get(last);
      if (before.paddr() + before.sizeBytes() == piece.paddr()
          && before.offsetBytes() + before.sizeBytes() == piece.offsetBytes()) {
        pieces.set(
            last,
            new Piece(
                before.offsetBytes(), before.paddr(), before.sizeBytes() + piece.sizeBytes()));
        return;
      }
    }
    pieces.add(piece);
  }
}
