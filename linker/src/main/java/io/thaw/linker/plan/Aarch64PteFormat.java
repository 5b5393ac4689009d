package io.thaw.linker.plan;

import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.Aarch64Registers.PacKeys;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Protection;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.problem.InvalidInputException;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Entries of AArch64: Arm ARM D8.3, stage 1, 4 KiB granule.
 *
 * @param levels 4, or 5 for addresses of 52 bits (FEAT_LPA2), though the program uses 48 of them:
 *     its signatures of pointers begin behind
 */
record Aarch64PteFormat(int levels) implements PteFormat {

  private static final int USUAL_LEVELS = 4;

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

  /**
   * For 48 bits, or 52 if the program's pointers are signed so.
   *
   * @throws InvalidInputException if they are and the platform has no FEAT_LPA2
   */
  static Aarch64PteFormat choose(Checkpoint checkpoint, Platform platform)
      throws InvalidInputException {
    if (checkpoint.leader().registers() instanceof Aarch64Registers registers
        && registers.pacKeys().isPresent()
        && registers.pacKeys().get().addressBits() > PacKeys.USUAL_ADDRESS_BITS) {
      if (platform.processor().tableLevels() <= USUAL_LEVELS) {
        throw new InvalidInputException(
            checkpoint.source(),
            "signed return addresses",
            "signatures from bit " + registers.pacKeys().get().addressBits() + " on",
            "signatures from bit 48 on: platform " + platform.name() + " has no LPA2");
      }
      return new Aarch64PteFormat(USUAL_LEVELS + 1);
    }
    return new Aarch64PteFormat(USUAL_LEVELS);
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
        | shareability()
        | ACCESSED
        | NOT_GLOBAL
        | PRIVILEGED_EXECUTE_NEVER
        | (protection.write() ? 0 : READ_ONLY)
        | (protection.execute() ? 0 : USER_EXECUTE_NEVER);
  }

  @Override
  public OptionalLong bootPage(long paddr) {
    return OptionalLong.of(
        paddr | VALID | TABLE_OR_PAGE | shareability() | ACCESSED | USER_EXECUTE_NEVER);
  }

  /** With addresses of 52 bits TCR_EL1 has it, and these bits are of the frame's address. */
  private long shareability() {
    return levels > USUAL_LEVELS ? 0 : INNER_SHAREABLE;
  }

  @Override
  public long stubBlock(long paddr) {
    return paddr | VALID | shareability() | ACCESSED | USER_EXECUTE_NEVER;
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
  public long deviceBlock(long paddr) {
    return paddr | VALID | DEVICE | ACCESSED | USER_EXECUTE_NEVER | PRIVILEGED_EXECUTE_NEVER;
  }

  @Override
  public int deviceLevel() {
    return 1;
  }

  @Override
  public OptionalInt stubLevels() {
    return OptionalInt.of(USUAL_LEVELS);
  }
}
