package io.thaw.linker.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Registers of an AArch64 thread.
 *
 * @param x X0 to X30
 * @param sp SP_EL0
 * @param pc address of the next instruction
 * @param pstate NZCV and SSBS in the positions of SPSR_EL1
 * @param tpidr TPIDR_EL0, the thread pointer
 * @param v V0 to V31, 512 bytes, least significant byte first
 * @param fpsr floating-point status
 * @param fpcr floating-point control
 * @param pacKeys pointer authentication keys, when the checkpoint has them
 */
public record Aarch64Registers(
    List<Long> x,
    long sp,
    long pc,
    long pstate,
    long tpidr,
    ByteBlock v,
    int fpsr,
    int fpcr,
    Optional<PacKeys> pacKeys)
    implements Registers {

  /** Number of general registers, X0 to X30. */
  public static final int GENERAL_COUNT = 31;

  /** Size in bytes of V0 to V31. */
  public static final int V_SIZE_BYTES = 512;

  /**
   * Keys of pointer authentication (Arm ARM, APIAKeyLo_EL1 and its like), low half first.
   *
   * @param ia instruction key A
   * @param ib instruction key B
   * @param da data key A
   * @param db data key B
   * @param ga generic key
   * @param enabledMask which address keys the program has enabled, as PR_PAC_APIAKEY and so on
   * @param addressBits how many bits of an address a signature leaves alone: 48, or 52 with
   *     FEAT_LPA2
   */
  public record PacKeys(Key ia, Key ib, Key da, Key db, Key ga, long enabledMask, int addressBits) {

    /** Those of most kernels and processors. */
    public static final int USUAL_ADDRESS_BITS = 48;

    /** With addresses as they usually are. */
    public PacKeys(Key ia, Key ib, Key da, Key db, Key ga, long enabledMask) {
      this(ia, ib, da, db, ga, enabledMask, USUAL_ADDRESS_BITS);
    }
  }

  /** A key of 128 bits. */
  public record Key(long low, long high) {}

  /** The same, with keys that leave so many bits of an address alone. */
  public Aarch64Registers withAddressBits(int addressBits) {
    return new Aarch64Registers(
        x,
        sp,
        pc,
        pstate,
        tpidr,
        v,
        fpsr,
        fpcr,
        pacKeys.map(
            keys ->
                new PacKeys(
                    keys.ia(),
                    keys.ib(),
                    keys.da(),
                    keys.db(),
                    keys.ga(),
                    keys.enabledMask(),
                    addressBits)));
  }

  public Aarch64Registers {
    x = List.copyOf(x);
    Objects.requireNonNull(pacKeys);
    if (x.size() != GENERAL_COUNT) {
      throw new IllegalArgumentException("general registers: " + x.size());
    }
    if (v.sizeBytes() != V_SIZE_BYTES) {
      throw new IllegalArgumentException("vector registers: " + v.sizeBytes());
    }
  }
}
