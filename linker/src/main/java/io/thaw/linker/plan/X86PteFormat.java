package io.thaw.linker.plan;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Protection;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Entries of x86-64: Intel SDM vol. 3, 4.5, four-level paging. */
record X86PteFormat() implements PteFormat {

  private static final long PRESENT = 1;
  private static final long WRITABLE = 1 << 1;
  private static final long USER = 1 << 2;
  private static final long WRITE_THROUGH = 1 << 3;
  private static final long CACHE_DISABLE = 1 << 4;
  private static final long ACCESSED = 1 << 5;
  private static final long DIRTY = 1 << 6;
  private static final long BLOCK = 1 << 7;
  private static final long GLOBAL = 1 << 8;

  /** A bit that the processor ignores: an entry that is not present holds a frame. */
  private static final long HELD = 1 << 9;

  private static final long NO_EXECUTE = 1L << 63;

  @Override
  public int levels() {
    return 4;
  }

  @Override
  public long userEndVaddr() {
    return Architecture.X86_64.userSpaceEndVaddr();
  }

  @Override
  public long table(long paddr) {
    return paddr | PRESENT | WRITABLE | USER | ACCESSED | DIRTY;
  }

  @Override
  public long userPage(long paddr, Protection protection) {
    if (protection.bits() == 0) {
      return paddr | HELD;
    }
    return paddr
        | PRESENT
        | USER
        | ACCESSED
        | DIRTY
        | (protection.write() ? WRITABLE : 0)
        | (protection.execute() ? 0 : NO_EXECUTE);
  }

  @Override
  public OptionalLong bootPage(long paddr) {
    return OptionalLong.of(stubPage(paddr));
  }

  @Override
  public long stubBlock(long paddr) {
    return stubPage(paddr) | BLOCK | GLOBAL;
  }

  @Override
  public long directBlock(long paddr) {
    return stubBlock(paddr) | NO_EXECUTE;
  }

  @Override
  public long directMapVaddr() {
    return StubAddresses.DIRECT_MAP_VADDR;
  }

  @Override
  public int directMapLevel() {
    return 1;
  }

  /** Uncacheable, whatever the MTRRs say. */
  @Override
  public long deviceBlock(long paddr) {
    return directBlock(paddr) | WRITE_THROUGH | CACHE_DISABLE;
  }

  @Override
  public int deviceLevel() {
    return 1;
  }

  @Override
  public OptionalInt stubLevels() {
    return OptionalInt.empty();
  }

  private static long stubPage(long paddr) {
    return paddr | PRESENT | WRITABLE | ACCESSED | DIRTY;
  }
}
