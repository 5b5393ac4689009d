package io.thaw.linker.platform;

import io.thaw.linker.model.ByteBlock;
import java.util.Objects;

/**
 * Something that the stub does to tell the simulator that the region begins, that it ends, or that
 * all is over. Where a number goes with it, it is made of the verdict, which is 0 at the region's
 * borders.
 */
public sealed interface Hook {

  /**
   * A number made of the verdict's.
   *
   * @param times the factor; 0 for a constant
   * @param plus what is added
   */
  record Value(long times, long plus) {

    /** The verdict as it is. */
    public static final Value VERDICT = new Value(1, 0);

    public static Value constant(long value) {
      return new Value(0, value);
    }
  }

  /** OUT of a byte, x86-64. */
  record Port(long port, Value value) implements Hook {
    public Port {
      Objects.requireNonNull(value);
    }
  }

  /** A store of 1, 2, 4 or 8 bytes to a device. */
  record Store(long paddr, int widthBytes, Value value) implements Hook {
    public Store {
      Objects.requireNonNull(value);
    }
  }

  /** The exit call of semihosting, with the verdict. */
  record Semihosting() implements Hook {}

  /** The report once more, on the console. */
  record Retell() implements Hook {}

  /**
   * A function of machine code, which gets the verdict as its first argument. It keeps to C's
   * calling convention and leaves vector registers alone.
   *
   * @param label what it is, for people
   * @param code the function, and what may be around it
   * @param entryOffsetBytes where in the code it begins
   */
  record Code(String label, ByteBlock code, int entryOffsetBytes) implements Hook {

    /** A function with nothing in front of it. */
    public Code(String label, ByteBlock code) {
      this(label, code, 0);
    }

    public Code {
      Objects.requireNonNull(label);
      Objects.requireNonNull(code);
    }
  }
}
