package io.thaw.stubs;

import java.util.Map;

/**
 * Offsets, sizes and numbers of {@code restorer-stubs/common/boot_block.h}, as the stub was
 * compiled with them.
 *
 * @param entries by name: {@code STRUCTURE.FIELD}, {@code sizeof.STRUCTURE} or a number's name
 *     without its prefix
 */
public record BootBlockLayout(Map<String, Entry> entries) {

  /**
   * An entry of section .thaw.layout.
   *
   * @param value offset in bytes, or the number
   * @param sizeBytes size of a field, 0 for numbers
   */
  public record Entry(long value, long sizeBytes) {}

  public BootBlockLayout {
    entries = Map.copyOf(entries);
  }

  /** Offset and size of a field. */
  public Entry field(String structure, String field) {
    return entry(structure + "." + field);
  }

  /** Size in bytes of a structure. */
  public int sizeBytes(String structure) {
    return Math.toIntExact(entry("sizeof." + structure).value());
  }

  /** A number that both sides know, for example {@code DEVICE_PORT}. */
  public long number(String name) {
    return entry(name).value();
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("boot_block.h has no " + name);
    }
    return entry;
  }
}
