package io.thaw.linker.plan;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Protection;
import java.util.OptionalLong;

/** Entries of AArch64: Arm ARM D8.3, stage 1, 4 KiB granule. */
record Aarch64PteFormat() implements PteFormat {

  private static final long VALID = 1;
  private static final long TABLE_OR_PAGE = 1 << 1;

  /** Index into MAIR_EL1: 0 is normal write-back memory, 1 is Device-nGnRnE. */
  private static final long DEVICE = 1 << 2;

  private static final long EL0 = 1 << 6;
  private static final long READ_ONLY = 1 << 7;
  private static final long INNER_SHAREABLE = 3 << 8;
  private static final long ACCESSED = 1 << 10;
  private static final long NOT_GLOBAL = 1 << 11;
  private static final long PRIVILEGED_EXECUTE_NEVER = 1L << 53;
  private static final long USER_EXECUTE_NEVER = 1L << 54;

  /** A bit that the processor ignores: an entry that is not valid holds a frame. */
  private static final long HELD = 1L << 55;

  @Override
  public int levels() {
    return 4;
  }

  @Override
  public long userEndVaddr() {
    return Architecture.AARCH64.userSpaceEndVaddr();
  }

  @Override
  public long table(long paddr) {
    return paddr | VALID | TABLE_OR_PAGE;
  }

  @Override
  public long userPage(long paddr, Protection protection) {
    if (protection.bits() == 0) {
      return paddr | HELD;
    }
    return paddr
        | VALID
        | TABLE_OR_PAGE
        | EL0
        | INNER_SHAREABLE
        | ACCESSED
        | NOT_GLOBAL
        | PRIVILEGED_EXECUTE_NEVER
        | (protection.write() ? 0 : READ_ONLY)
        | (protection.execute() ? 0 : USER_EXECUTE_NEVER);
  }

  @Override
  public OptionalLong bootPage(long paddr) {
    return OptionalLong.of(
        paddr | VALID | TABLE_OR_PAGE | INNER_SHAREABLE | ACCESSED | USER_EXECUTE_NEVER);
  }

  @Override
  public long stubBlock(long paddr) {
    return paddr | VALID | INNER_SHAREABLE | ACCESSED | USER_EXECUTE_NEVER;
  }

  @Override
  public long directBlock(long paddr) {
    return stubBlock(paddr) | PRIVILEGED_EXECUTE_NEVER;
  }

  @Override
  public long directMapVaddr() {
    return StubAddresses.DIRECT_MAP_VADDR;
  }

  @Override
  public int directMapLevel() {
    return 2;
  }

  @Override
  public OptionalLong deviceBlock(long paddr) {
    return OptionalLong.of(
        paddr | VALID | DEVICE | ACCESSED | USER_EXECUTE_NEVER | PRIVILEGED_EXECUTE_NEVER);
  }

  @Override
  public boolean hasSeparateStubRoot() {
    return true;
  }
}
