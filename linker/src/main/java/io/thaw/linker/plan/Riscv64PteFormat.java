package io.thaw.linker.plan;

import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Vma;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.problem.InvalidInputException;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Entries of riscv64: privileged architecture 10.4 (Sv39) and 10.5 (Sv48). The stub runs in S-mode,
 * the restore path in M-mode, which is not translated: no page has to lie at its own paddr.
 *
 * @param levels 3 for Sv39, 4 for Sv48
 */
record Riscv64PteFormat(int levels) implements PteFormat {

  private static final int SV39_LEVELS = 3;
  private static final int SV48_LEVELS = 4;

  private static final long VALID = 1;
  private static final long READ = 1 << 1;
  private static final long WRITE = 1 << 2;
  private static final long EXECUTE = 1 << 3;
  private static final long USER = 1 << 4;
  private static final long GLOBAL = 1 << 5;
  private static final long ACCESSED = 1 << 6;
  private static final long DIRTY = 1 << 7;

  /** A bit that is software's: an entry that is not valid holds a frame. */
  private static final long HELD = 1 << 8;

  /** The upper half of Sv39, which Sv48 has as well: 254 GiB up to the stub. */
  private static final long DIRECT_MAP_VADDR = 0xffffffc000000000L;

  /**
   * Sv39, or Sv48 if the program has addresses that need it.
   *
   * @throws InvalidInputException if it does and the platform has no Sv48
   */
  static Riscv64PteFormat choose(Checkpoint checkpoint, Platform platform)
      throws InvalidInputException {
    Riscv64PteFormat sv39 = new Riscv64PteFormat(SV39_LEVELS);
    long end = checkpoint.addressSpace().brkVaddr();
    for (Vma vma : checkpoint.addressSpace().vmas()) {
      end = Math.max(end, vma.endVaddr());
    }
    if (end <= sv39.userEndVaddr()) {
      return sv39;
    }
    if (platform.processor().tableLevels() < SV48_LEVELS) {
      throw new InvalidInputException(
          checkpoint.source(),
          "mappings",
          String.format("addresses up to 0x%x", end),
          String.format(
              "up to 0x%x, which is as far as Sv39 reaches: platform %s has no Sv48",
              sv39.userEndVaddr(), platform.name()));
    }
    return new Riscv64PteFormat(SV48_LEVELS);
  }

  @Override
  public long userEndVaddr() {
    return PageTables.entrySizeBytes(levels) / 2;
  }

  @Override
  public long table(long paddr) {
    return number(paddr) | VALID;
  }

  @Override
  public long userPage(long paddr, Protection protection) {
    if (protection.bits() == 0) {
      return number(paddr) | HELD;
    }
    return number(paddr)
        | VALID
        | READ
        | USER
        | ACCESSED
        | DIRTY
        | (protection.write() ? WRITE : 0)
        | (protection.execute() ? EXECUTE : 0);
  }

  @Override
  public OptionalLong bootPage(long paddr) {
    return OptionalLong.empty();
  }

  @Override
  public long stubBlock(long paddr) {
    return directBlock(paddr) | EXECUTE;
  }

  @Override
  public long directBlock(long paddr) {
    return number(paddr) | VALID | READ | WRITE | GLOBAL | ACCESSED | DIRTY;
  }

  @Override
  public long directMapVaddr() {
    return DIRECT_MAP_VADDR;
  }

  @Override
  public int directMapLevel() {
    return 2;
  }

  /** What is memory and what a device is fixed in the machine, not in the entry. */
  @Override
  public long deviceBlock(long paddr) {
    return directBlock(paddr);
  }

  @Override
  public int deviceLevel() {
    return directMapLevel();
  }

  @Override
  public OptionalInt stubLevels() {
    return OptionalInt.empty();
  }

  /** The physical page number, from bit 10. */
  private static long number(long paddr) {
    return paddr >>> 2;
  }
}
