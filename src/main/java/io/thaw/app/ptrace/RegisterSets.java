package io.thaw.app.ptrace;

/** Numbers of register sets, {@code <linux/elf.h>}. */
public final class RegisterSets {

  /** General registers. */
  public static final int GENERAL = 1;

  /** Floating point: FXSAVE area of x86-64, {@code struct user_fpsimd_state} of AArch64. */
  public static final int FLOATING_POINT = 2;

  /** XSAVE area of x86-64 in standard form. */
  public static final int XSTATE = 0x202;

  /** TPIDR_EL0 of AArch64. */
  public static final int ARM_TLS = 0x401;

  /** Hardware breakpoints of AArch64. */
  public static final int ARM_BREAKPOINTS = 0x402;

  /** Number of the system call that an AArch64 process is in. */
  public static final int ARM_CALL = 0x404;

  /** Scalable vectors of AArch64; a header says whether they are in use. */
  public static final int ARM_SVE = 0x405;

  /** Address keys of pointer authentication. */
  public static final int ARM_PAC_ADDRESS_KEYS = 0x407;

  /** Generic key of pointer authentication. */
  public static final int ARM_PAC_GENERIC_KEY = 0x408;

  /** Which address keys are enabled. */
  public static final int ARM_PAC_ENABLED_KEYS = 0x40a;

  private RegisterSets() {}
}
