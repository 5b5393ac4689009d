package io.thaw.linker.platform;

import java.util.Objects;

/**
 * Where bytes of output go.
 *
 * @param kind how
 * @param address port or paddr; unused for semihosting
 * @param widthBytes of a store; 1 of a port
 * @param ready what to wait for before each byte
 */
public record Device(Kind kind, long address, int widthBytes, Ready ready) {

  /** The kinds that the stub knows; names are those of {@code boot_block.h}. */
  public enum Kind {
    NONE,
    /** x86 OUT of a byte. */
    PORT,
    /** A store. */
    STORE,
    /** Semihosting: HLT #0xf000 of AArch64, SLLI, EBREAK, SRAI of RISC-V. */
    SEMIHOSTING
  }

  /**
   * A register of a UART, a port or 32 bits in memory as the device itself.
   *
   * @param address of the register
   * @param mask a byte may be sent when one of these bits is read as 1; 0 for no waiting
   */
  public record Ready(long address, long mask) {

    /** Nothing to wait for. */
    public static final Ready ALWAYS = new Ready(0, 0);
  }

  public Device {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(ready);
  }

  /** A port that takes a byte at any time. */
  public static Device port(long port) {
    return new Device(Kind.PORT, port, 1, Ready.ALWAYS);
  }

  /** A 32-bit register that takes a byte at any time. */
  public static Device store(long paddr) {
    return new Device(Kind.STORE, paddr, 4, Ready.ALWAYS);
  }

  public static Device semihosting() {
    return new Device(Kind.SEMIHOSTING, 0, 1, Ready.ALWAYS);
  }

  public static Device none() {
    return new Device(Kind.NONE, 0, 1, Ready.ALWAYS);
  }
}
