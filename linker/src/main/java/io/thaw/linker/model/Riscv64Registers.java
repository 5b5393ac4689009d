package io.thaw.linker.model;

import java.util.List;

/**
 * Registers of a riscv64 thread with F and D.
 *
 * @param x X1 to X31
 * @param pc address of the next instruction
 * @param f F0 to F31, raw bits; singles are boxed in NaNs
 * @param fcsr floating-point control and status
 */
public record Riscv64Registers(List<Long> x, long pc, List<Long> f, int fcsr) implements Registers {

  /** Names of X1 to X31 in the calling convention (RISC-V psABI, 1.1). */
  public static final List<String> GENERAL_NAMES =
      List.of(
          "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5",
          "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4",
          "t5", "t6");

  /** Number of F registers. */
  public static final int FLOATING_COUNT = 32;

  private static final int SP = GENERAL_NAMES.indexOf("sp");

  public Riscv64Registers {
    x = List.copyOf(x);
    f = List.copyOf(f);
    if (x.size() != GENERAL_NAMES.size()) {
      throw new IllegalArgumentException("general registers: " + x.size());
    }
    if (f.size() != FLOATING_COUNT) {
      throw new IllegalArgumentException("floating-point registers: " + f.size());
    }
  }

  @Override
  public long sp() {
    return x.get(SP);
  }
}
