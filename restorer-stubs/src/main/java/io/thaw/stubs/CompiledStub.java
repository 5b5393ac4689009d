package io.thaw.stubs;

import java.util.List;
import java.util.Map;

/** A restorer stub before a checkpoint is put into it. Immutable. */
public final class CompiledStub {

  /** Size in bytes of the page at the beginning that executes at its paddr. */
  public static final int BOOT_PAGE_SIZE_BYTES = 4096;

  private final long vaddr;
  private final byte[] code;
  private final Map<String, Long> symbols;
  private final List<Integer> fixups;
  private final BootBlockLayout layout;

  CompiledStub(
      long vaddr,
      byte[] code,
      Map<String, Long> symbols,
      List<Integer> fixups,
      BootBlockLayout layout) {
    this.vaddr = vaddr;
    this.code = code.clone();
    this.symbols = Map.copyOf(symbols);
    this.fixups = List.copyOf(fixups);
    this.layout = layout;
  }

  /** Where it executes once the program runs, and the address of its first byte. */
  public long vaddr() {
    return vaddr;
  }

  /** A copy of its bytes, the zeros of its .bss included. */
  public byte[] code() {
    return code.clone();
  }

  public int sizeBytes() {
    return code.length;
  }

  /** Its global symbols, as vaddrs. */
  public Map<String, Long> symbols() {
    return symbols;
  }

  /** Offsets in {@link #code} of 32-bit numbers to which the stub's paddr has to be added. */
  public List<Integer> fixups() {
    return fixups;
  }

  /** Offsets and numbers of {@code boot_block.h}. */
  public BootBlockLayout layout() {
    return layout;
  }

  /** The vaddr of a symbol. */
  public long symbol(String name) {
    Long value = symbols.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the stub has no symbol " + name);
    }
    return value;
  }

  /** The offset in {@link #code} of a symbol. */
  public int offset(String name) {
    return Math.toIntExact(symbol(name) - vaddr);
  }
}
