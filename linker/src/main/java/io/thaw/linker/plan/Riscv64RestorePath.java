package io.thaw.linker.plan;

import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.platform.Processor;
import java.util.List;

/**
 * The restore path of riscv64: from M-mode to U-mode.
 *
 * @param tableLevels levels of the page tables
 */
record Riscv64RestorePath(int tableLevels) implements RestorePath<Riscv64Registers> {

  /** HWCAP of {@code <asm/hwcap.h>}: a bit for each letter. */
  static final long HWCAP_V = 1 << ('V' - 'A');

  /** satp.MODE is 8 for three levels (Sv39), 9 for four (Sv48). */
  private static final int SATP_MODE_BIAS = 5;

  private static final int SV39_LEVELS = 3;

  private static final int SATP_MODE_SHIFT = 60;

  /**
   * mstatus: UXL and SXL are 64 bits, FS is dirty, SUM lets the stub see the program's pages. MPP
   * is 0, U-mode; VS too, there is no vector state.
   */
  private static final long MSTATUS = 2L << 34 | 2L << 32 | 3 << 13 | 1 << 18;

  @Override
  public Class<Riscv64Registers> registerType() {
    return Riscv64Registers.class;
  }

  @Override
  public String name() {
    return "rv64gc";
  }

  @Override
  public List<String> needs() {
    return tableLevels > SV39_LEVELS ? List.of(Processor.SV48) : List.of();
  }

  @Override
  public List<String> entrySymbols() {
    return List.of("restore_rv64gc");
  }

  @Override
  public String lastSymbol() {
    return "restore_last_rv64gc";
  }

  @Override
  public void fill(StubCode code, Riscv64Registers registers, PageTables tables) {
    long mode = (long) tableLevels + SATP_MODE_BIAS;
    code.putLong(
        "restore_system",
        0,
        mode << SATP_MODE_SHIFT | tables.userRootPaddr() / PageTables.HARDWARE_PAGE_SIZE_BYTES);
    code.putLong("restore_system", 1, MSTATUS);
    code.putLong("restore_system", 2, registers.pc());
    code.putLong("restore_system", 3, Integer.toUnsignedLong(registers.fcsr()));
    for (int i = 0; i < registers.x().size(); i++) {
      code.putLong("restore_x", i, registers.x().get(i));
    }
    for (int i = 0; i < registers.f().size(); i++) {
      code.putLong("restore_f", i, registers.f().get(i));
    }
  }
}
