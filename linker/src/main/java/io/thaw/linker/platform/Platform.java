package io.thaw.linker.platform;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.X86ExtendedState;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What an image is linked for.
 *
 * @param name how users call it
 * @param architecture its instruction set
 * @param ram RAM that survives from loading to entry, in ascending order; the image begins in the
 *     first range
 * @param console where output of the program goes
 * @param report where the verdict goes
 * @param exit how the simulation is ended
 * @param tableLevels how many levels of page tables its processors walk at most; on riscv64 3 means
 *     Sv39, 4 Sv48
 * @param xsave x86-64: whether the processor has XSAVE
 * @param extendedState x86-64: components beyond SSE that the processor holds
 */
public record Platform(
    String name,
    Architecture architecture,
    List<RamRange> ram,
    Device console,
    Device report,
    Device exit,
    int tableLevels,
    boolean xsave,
    Set<X86ExtendedState.Component> extendedState) {

  public Platform {
    Objects.requireNonNull(name);
    Objects.requireNonNull(architecture);
    ram = List.copyOf(ram);
    Objects.requireNonNull(console);
    Objects.requireNonNull(report);
    Objects.requireNonNull(exit);
    extendedState = Set.copyOf(extendedState);
    if (ram.isEmpty()) {
      throw new IllegalArgumentException("no RAM");
    }
  }

  /** Size of all RAM ranges together. */
  public long ramSizeBytes() {
    return ram.stream().mapToLong(RamRange::sizeBytes).sum();
  }
}
