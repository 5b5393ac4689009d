package io.thaw.app.dump;

import java.util.ArrayList;
import java.util.List;

/** Pages next to each other, gathered in ascending order. */
final class Pages {

  /**
   * Some of them.
   *
   * @param vaddr address of the first
   * @param pageCount how many
   */
  record Run(long vaddr, long pageCount) {}

  private final long pageSizeBytes;
  private final List<Run> runs = new ArrayList<>();
  private long startVaddr;
  private long endVaddr;

  Pages(long pageSizeBytes) {
    this.pageSizeBytes = pageSizeBytes;
  }

  void add(long vaddr) {
    if (vaddr != endVaddr) {
      finish();
      startVaddr = vaddr;
    }
    endVaddr = vaddr + pageSizeBytes;
  }

  List<Run> runs() {
    finish();
    startVaddr = endVaddr;
    return List.copyOf(runs);
  }

  private void finish() {
    if (startVaddr < endVaddr) {
      runs.add(new Run(startVaddr, (endVaddr - startVaddr) / pageSizeBytes));
    }
  }
}
