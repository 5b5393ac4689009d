package io.thaw.linker.platform;

import java.util.Objects;

/**
 * A way out of the machine, for a byte of output or for the verdict's number.
 *
 * @param kind how
 * @param address port or paddr; unused for semihosting
 */
public record Device(Kind kind, long address) {

  /** The kinds that the stub knows; names are those of {@code boot_block.h}. */
  public enum Kind {
    NONE,
    /** x86 OUT of a byte. */
    PORT,
    /** A 32-bit store. */
    STORE,
    /** Semihosting: HLT #0xf000 of AArch64, SLLI, EBREAK, SRAI of RISC-V. */
    SEMIHOSTING
  }

  public Device {
    Objects.requireNonNull(kind);
  }

  public static Device port(long port) {
    return new Device(Kind.PORT, port);
  }

  public static Device store(long paddr) {
    return new Device(Kind.STORE, paddr);
  }

  public static Device semihosting() {
    return new Device(Kind.SEMIHOSTING, 0);
  }
}
