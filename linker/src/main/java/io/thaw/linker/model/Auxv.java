package io.thaw.linker.model;

import java.util.Map;
import java.util.OptionalLong;

/**
 * The auxiliary vector (getauxval): what the kernel told the program of its machine.
 *
 * @param values values by type
 */
public record Auxv(Map<Long, Long> values) {

  /** Types of {@code <linux/auxvec.h>}. */
  public static final long AT_PAGESZ = 6;

  public static final long AT_HWCAP = 16;
  public static final long AT_HWCAP2 = 26;

  public Auxv {
    values = Map.copyOf(values);
  }

  /** The value of {@code type}, if the vector has it. */
  public OptionalLong get(long type) {
    Long value = values.get(type);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** Whether the value of {@code type} has all of {@code bits}. */
  public boolean has(long type, long bits) {
    return (values.getOrDefault(type, 0L) & bits) == bits;
  }
}
