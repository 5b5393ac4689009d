package io.thaw.linker.platform;

import io.thaw.linker.model.X86ExtendedState;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a platform's processor can do.
 *
 * @param tableLevels how many levels of page tables it walks at most; on AArch64 5 means FEAT_LPA2;
 *     on riscv64 3 means Sv39, 4 Sv48
 * @param breakpoints whether its breakpoints stop the program in front of any instruction; if not,
 *     breakpoint instructions are put into the code
 * @param xsave x86-64: whether it has XSAVE
 * @param extendedState x86-64: components beyond SSE that it holds
 * @param extensions those of its instruction set, named as {@code /proc/cpuinfo} names them; empty
 *     if it has all that dumps may use
 */
public record Processor(
    int tableLevels,
    boolean breakpoints,
    boolean xsave,
    Set<X86ExtendedState.Component> extendedState,
    Optional<Set<String>> extensions) {

  /** x86-64: YMM registers, restored by XRSTOR. */
  public static final String AVX = "avx";

  /** x86-64: protection keys. */
  public static final String PKU = "pku";

  /** x86-64: instructions that read and write FS and GS bases. */
  public static final String FSGSBASE = "fsgsbase";

  /** Breakpoints: debug registers of x86-64 and AArch64, triggers of riscv64. */
  public static final String BREAKPOINTS = "breakpoints";

  /** AArch64: pointer authentication. */
  public static final String PACA = "paca";

  /** AArch64: addresses of 52 bits with pages of 4 KiB, and page tables of five levels. */
  public static final String LPA2 = "lpa2";

  /** riscv64: page tables of four levels. */
  public static final String SV48 = "sv48";

  private static final int LPA2_LEVELS = 5;
  private static final int SV48_LEVELS = 4;

  public Processor {
    extendedState = Set.copyOf(extendedState);
    Objects.requireNonNull(extensions);
    extensions = extensions.map(Set::copyOf);
  }

  /** Those of an image's needs that it does not meet. */
  public List<String> lacking(Collection<String> needs) {
    return needs.stream().filter(need -> !meets(need)).toList();
  }

  private boolean meets(String need) {
    return switch (need) {
      case AVX -> xsave && extendedState.contains(X86ExtendedState.Component.AVX);
      case PKU -> xsave && extendedState.contains(X86ExtendedState.Component.PKRU);
      case BREAKPOINTS -> breakpoints;
      case LPA2 -> tableLevels >= LPA2_LEVELS;
      case SV48 -> tableLevels >= SV48_LEVELS;
      default -> has(need);
    };
  }

  /** Whether it has an extension. */
  public boolean has(String extension) {
    return extensions.isEmpty() || extensions.get().contains(extension);
  }
}
