package io.thaw.app.dump;

import java.util.List;

/**
 * What was done to the pages that the kernel keeps for the vDSO.
 *
 * @param zeroPages addresses of zero pages in place of the kernel's; dumped as the kernel's would
 *     be
 * @param movedPages addresses that the kernel's pages were moved to; not the program's, so not
 *     dumped
 */
public record VdsoData(List<Range> zeroPages, List<Range> movedPages) {

  /** Addresses {@code startVaddr} up to but without {@code endVaddr}. */
  public record Range(long startVaddr, long endVaddr) {

    boolean contains(long vaddr) {
      return startVaddr <= vaddr && vaddr < endVaddr;
    }
  }

  public VdsoData {
    zeroPages = List.copyOf(zeroPages);
    movedPages = List.copyOf(movedPages);
  }

  /** Nothing was done to them. */
  public static VdsoData untouched() {
    return new VdsoData(List.of(), List.of());
  }
}
