package io.thaw.linker.isa;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The extensions of an instruction set that instructions belong to, named as {@code /proc/cpuinfo}
 * of Linux names them. Instructions that every processor has are of none; x87, MMX, SSE and SSE2 of
 * x86-64, FP and AdvSIMD of AArch64 are named, though in practice all have them.
 */
public final class IsaExtensions {

  private IsaExtensions() {}

  /** The extensions of some instructions, sorted, each once. */
  public static List<String> of(Architecture architecture, Collection<ByteBlock> instructions) {
    return instructions.stream()
        .map(instruction -> of(architecture, instruction.toArray()))
        .flatMap(Optional::stream)
        .distinct()
        .sorted()
        .toList();
  }

  /** The extension of one instruction. */
  static Optional<String> of(Architecture architecture, byte[] instruction) {
    return switch (architecture) {
      case X86_64 -> X86Extensions.of(instruction);
      case AARCH64 -> Aarch64Extensions.of(instruction);
      case RISCV64 -> Optional.empty(); // RV64GC is all that is known
    };
  }
}
