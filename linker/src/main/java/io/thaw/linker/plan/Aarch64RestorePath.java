package io.thaw.linker.plan;

import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.Aarch64Registers.PacKeys;
import io.thaw.linker.model.Auxv;
import io.thaw.linker.platform.Processor;
import io.thaw.stubs.CompiledStub;
import java.util.List;

/**
 * The restore path of AArch64. Keys of pointer authentication are installed if the checkpoint has
 * them.
 *
 * @param pacKeys whether it has
 * @param sve whether the program was told that it may use SVE
 * @param trapVectors vaddr of the exception vectors
 * @param trapStackTop vaddr of the stub's stack
 * @param tableLevels levels of the program's page tables: 4, or 5 with FEAT_LPA2
 */
record Aarch64RestorePath(
    boolean pacKeys, boolean sve, long trapVectors, long trapStackTop, int tableLevels)
    implements RestorePath<Aarch64Registers> {

  /** HWCAP_SVE of {@code <asm/hwcap.h>}. */
  static final long HWCAP_SVE = 1 << 22;

  /** HWCAP_PACA. */
  static final long HWCAP_PACA = 1 << 30;

  /** NS, RES1, RW, APK, API: the levels below are non-secure AArch64, keys are theirs to use. */
  private static final long SCR_EL3 = 1 | 0x30 | 1 << 10 | 1 << 16 | 1 << 17;

  /** EZ: SVE is not trapped. */
  private static final long CPTR_EL3 = 1 << 8;

  /** RW, APK, API. */
  private static final long HCR_EL2 = 1L << 31 | 1L << 40 | 1L << 41;

  /** RES1 bits; TZ and TFP clear: SVE and floating point are not trapped. */
  private static final long CPTR_EL2 = 0x32ff;

  /** Attribute 0: normal, write-back, allocating; attribute 1: Device-nGnRnE. */
  private static final long MAIR = 0x00ff;

  /** T0SZ and T1SZ 16, walks cacheable and inner shareable, 4 KiB granules, 40-bit PA, TBI0. */
  private static final long TCR =
      16 | 1 << 8 | 1 << 10 | 3 << 12 | 16 << 16 | 1 << 24 | 1 << 26 | 3L << 28 | 2L << 30
          | 2L << 32 | 1L << 37;

  /** T0SZ 12 instead of 16, DS: five levels. */
  private static final long TCR_LPA2 = 1L << 59 | (16 ^ 12);

  private static final int USUAL_LEVELS = 4;

  /**
   * M C SA SA0 I, then what Linux lets programs do (DZE UCT nTWI nTWE UCI) and the bits that are
   * set where the features behind them are missing (SED EOS TSCXT EIS SPAN nTLSMD LSMAOE).
   */
  private static final long SCTLR =
      1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 12 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 18 | 1 << 26
          | 1 << 8 | 1 << 11 | 1 << 20 | 1 << 22 | 1 << 23 | 1 << 28 | 1 << 29;

  /** EnIA EnIB EnDA EnDB, in the order of PR_PAC_APIAKEY and its like. */
  private static final List<Integer> SCTLR_PAC_BITS = List.of(31, 30, 27, 13);

  private static final long CPACR_FPEN = 3 << 20;
  private static final long CPACR_ZEN = 3 << 16;

  /** N Z C V, TCO, DIT, SSBS, BTYPE. */
  private static final long PSTATE_OF_PROGRAM = 0xf3001c00L;

  /** A I F: nothing interrupts the program. D would keep gem5 from single steps at EL0, too. */
  private static final long PSTATE_MASKED = 0x1c0;

  static Aarch64RestorePath choose(
      Aarch64Registers registers, Auxv auxv, CompiledStub stub, int tableLevels) {
    return new Aarch64RestorePath(
        registers.pacKeys().isPresent(),
        auxv.has(Auxv.AT_HWCAP, HWCAP_SVE),
        stub.symbol("trap_vectors"),
        stub.symbol("trap_stack_top"),
        tableLevels);
  }

  @Override
  public Class<Aarch64Registers> registerType() {
    return Aarch64Registers.class;
  }

  @Override
  public String name() {
    return pacKeys ? "neon+pac" : "neon";
  }

  @Override
  public List<String> needs() {
    if (!pacKeys) {
      return List.of();
    }
    return hasLpa2() ? List.of(Processor.PACA, Processor.LPA2) : List.of(Processor.PACA);
  }

  private boolean hasLpa2() {
    return tableLevels > USUAL_LEVELS;
  }

  @Override
  public List<String> entrySymbols() {
    return List.of(pacKeys ? "restore_neon_pac" : "restore_neon");
  }

  @Override
  public String lastSymbol() {
    return pacKeys ? "restore_last_neon_pac" : "restore_last_neon";
  }

  @Override
  public void fill(StubCode code, Aarch64Registers registers, PageTables tables) {
    putAll(code, "restore_el3", SCR_EL3, CPTR_EL3);
    putAll(code, "restore_el2", HCR_EL2, CPTR_EL2);
    putAll(
        code,
        "restore_resume",
        registers.pc(),
        (registers.pstate() & PSTATE_OF_PROGRAM) | PSTATE_MASKED,
        trapStackTop,
        registers.sp());
    putAll(
        code,
        "restore_system",
        MAIR,
        hasLpa2() ? TCR ^ TCR_LPA2 : TCR,
        tables.userRootPaddr(),
        tables.stubRootPaddr(),
        trapVectors,
        SCTLR | registers.pacKeys().map(Aarch64RestorePath::enabledKeys).orElse(0L),
        CPACR_FPEN | (sve ? CPACR_ZEN : 0),
        registers.tpidr(),
        Integer.toUnsignedLong(registers.fpcr()),
        Integer.toUnsignedLong(registers.fpsr()));
    for (int i = 0; i < Aarch64Registers.GENERAL_COUNT; i++) {
      code.putLong("restore_x", i, registers.x().get(i));
    }
    code.putBytes("restore_v", 0, registers.v());
    registers.pacKeys().ifPresent(keys -> fillKeys(code, keys));
  }

  private static void fillKeys(StubCode code, PacKeys keys) {
    int index = 0;
    for (Aarch64Registers.Key key :
        List.of(keys.ia(), keys.ib(), keys.da(), keys.db(), keys.ga())) {
      code.putLong("restore_pac_keys", index++, key.low());
      code.putLong("restore_pac_keys", index++, key.high());
    }
  }

  private static long enabledKeys(PacKeys keys) {
    long bits = 0;
    for (int i = 0; i < SCTLR_PAC_BITS.size(); i++) {
      if ((keys.enabledMask() >> i & 1) != 0) {
        bits |= 1L << SCTLR_PAC_BITS.get(i);
      }
    }
    return bits;
  }

  private static void putAll(StubCode code, String symbol, long... values) {
    for (int i = 0; i < values.length; i++) {
      code.putLong(symbol, i, values[i]);
    }
  }
}
