package io.thaw.linker.criu.write;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Auxv;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The auxiliary vector as {@code mm_saved_auxv} has it. CRIU 3.17 refuses one that is longer than
 * its own ({@code AT_VECTOR_SIZE} of {@code criu/arch}), and when it dumps it cuts off what is too
 * much: even the pair of zeros at the end, which the kernel adds by itself.
 */
final class AuxvEncoder {

  private static final int MAX_WORDS_X86_64 = 44;
  private static final int MAX_WORDS_AARCH64 = 40;
  private static final int MAX_WORDS_RISCV64 = 64;

  /**
   * What kernels of CRIU 3.17's time do not have, and what is left out first: sizes for rseq, and
   * further capabilities of the processor.
   */
  private static final List<Long> YOUNG_TYPES = List.of(28L, 27L, 30L, 29L);

  private AuxvEncoder() {}

  /** Types and values by turns, by type: identical vectors give identical bytes. */
  static List<Long> encode(Architecture architecture, Auxv auxv) {
    int maxWords =
        switch (architecture) {
          case X86_64 -> MAX_WORDS_X86_64;
          case AARCH64 -> MAX_WORDS_AARCH64;
          case RISCV64 -> MAX_WORDS_RISCV64;
        };
    Map<Long, Long> values = new TreeMap<>(auxv.values());
    for (long type : YOUNG_TYPES) {
      if (2 * values.size() > maxWords) {
        values.remove(type);
      }
    }
    List<Long> words = new ArrayList<>();
    values.forEach(
        (type, value) -> {
          words.add(type);
          words.add(value);
        });
    if (words.size() + 2 <= maxWords) {
      words.add(0L);
      words.add(0L);
    }
    return words;
  }
}
