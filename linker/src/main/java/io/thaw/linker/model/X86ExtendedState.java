package io.thaw.linker.model;

import java.util.Objects;
import java.util.Set;

/**
 * State that XSAVE keeps and FXSAVE does not (Intel SDM vol. 1, chapter 13).
 *
 * @param hasXsave whether the processor of the checkpoint had XSAVE enabled, so that the program
 *     may use AVX at any time
 * @param ymmUpper upper halves of YMM0-15, 256 bytes
 * @param pkru the protection-key rights register
 * @param listed components that the checkpoint has fields for, in use or not
 * @param inUse components that are not at their initial value
 */
public record X86ExtendedState(
    boolean hasXsave, ByteBlock ymmUpper, int pkru, Set<Component> listed, Set<Component> inUse) {

  /** Size in bytes of the upper halves of YMM0-15. */
  public static final int YMM_UPPER_SIZE_BYTES = 256;

  /** PKRU as Linux gives it to a new process: all keys but 0 closed. */
  public static final int LINUX_INITIAL_PKRU = 0x55555554;

  /** A component of XSAVE; the number is its bit in XCR0 and XSTATE_BV. */
  public enum Component {
    AVX(2, "AVX (YMM upper halves)"),
    MPX_BOUNDS(3, "MPX bound registers"),
    MPX_CONFIG(4, "MPX configuration"),
    AVX512_OPMASK(5, "AVX-512 opmask registers"),
    AVX512_ZMM_UPPER(6, "AVX-512 upper halves of ZMM0-15"),
    AVX512_HIGH_ZMM(7, "AVX-512 ZMM16-31"),
    PKRU(9, "protection keys (PKRU)"),
    SHADOW_STACK(11, "shadow stack (CET)");

    private final int bit;
    private final String label;

    Component(int bit, String label) {
      this.bit = bit;
      this.label = label;
    }

    /** The component's bit in XCR0 and XSTATE_BV. */
    public int bit() {
      return bit;
    }

    /** The name users see. */
    public String label() {
      return label;
    }
  }

  public X86ExtendedState {
    Objects.requireNonNull(ymmUpper);
    listed = Set.copyOf(listed);
    inUse = Set.copyOf(inUse);
    if (ymmUpper.sizeBytes() != YMM_UPPER_SIZE_BYTES) {
      throw new IllegalArgumentException("upper halves of YMM: " + ymmUpper.sizeBytes());
    }
  }

  /** The state of a processor without XSAVE. */
  public static X86ExtendedState none() {
    return new X86ExtendedState(
        false, ByteBlock.zeros(YMM_UPPER_SIZE_BYTES), LINUX_INITIAL_PKRU, Set.of(), Set.of());
  }
}
