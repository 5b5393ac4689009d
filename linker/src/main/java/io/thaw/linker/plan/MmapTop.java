package io.thaw.linker.plan;

import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Vma;

/**
 * Below which address new mappings of the program go, highest first. A dump does not have the
 * kernel's mmap_base; it is where the highest mapping ends that mmap placed, which is the first one
 * it was asked for.
 */
final class MmapTop {

  /** The least that Linux leaves for the stack: {@code MIN_GAP} of {@code mm/util.c}. */
  private static final long LEAST_STACK_GAP_BYTES = 128L << 20;

  /** The most: beyond it mappings may come close to the stack. */
  private static final long MOST_STACK_GAP_BYTES = 64L << 30;

  private MmapTop() {}

  static long of(AddressSpace space, long userEndVaddr, long pageSizeBytes) {
    long stack = userEndVaddr;
    for (Vma vma : space.vmas()) {
      if (vma.growsDown() || vma.contains(space.stackStartVaddr())) {
        stack = vma.startVaddr();
      }
    }
    long gap =
        Math.max(LEAST_STACK_GAP_BYTES, Math.min(space.stackLimitBytes(), MOST_STACK_GAP_BYTES));
    long reserved = Math.max(stack - gap, 0) & -pageSizeBytes;
    long top = 0;
    for (Vma vma : space.vmas()) {
      if (Long.compareUnsigned(vma.startVaddr(), space.brkVaddr()) > 0
          && Long.compareUnsigned(vma.endVaddr(), reserved) <= 0) {
        top = vma.endVaddr();
      }
    }
    return top != 0 ? top : reserved;
  }
}
