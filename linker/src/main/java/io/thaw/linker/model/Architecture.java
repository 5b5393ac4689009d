package io.thaw.linker.model;

import java.util.Arrays;
import java.util.Optional;

/** An instruction set that Thaw links images for. */
public enum Architecture {
  X86_64("x86-64", 62, (1L << 47) - 4096),
  AARCH64("aarch64", 183, 1L << 48),
  RISCV64("riscv64", 243, 1L << 47);

  private final String label;
  private final int elfMachine;
  private final long userSpaceEndVaddr;

  Architecture(String label, int elfMachine, long userSpaceEndVaddr) {
    this.label = label;
    this.elfMachine = elfMachine;
    this.userSpaceEndVaddr = userSpaceEndVaddr;
  }

  /** The architecture that users call so. */
  public static Optional<Architecture> byLabel(String label) {
    return Arrays.stream(values()).filter(known -> known.label.equals(label)).findFirst();
  }

  /** The name users see. */
  public String label() {
    return label;
  }

  /** {@code e_machine} of the ELF specification. */
  public int elfMachine() {
    return elfMachine;
  }

  /**
   * First address beyond what four levels of page tables give to user programs: 47 bits on x86-64
   * (PML4, lower half) but for the last page, which Linux keeps free, 48 bits on AArch64 (TTBR0
   * with T0SZ 16), 47 bits on riscv64 (Sv48, lower half).
   */
  public long userSpaceEndVaddr() {
    return userSpaceEndVaddr;
  }
}
