package io.thaw.linker.criu.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Auxv;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AuxvEncoderTest {

  /** Types of an arm64 process under Linux 6.12, and one under 6.1. */
  private static final long[] YOUNG_KERNEL = {
    33, 51, 16, 6, 17, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 23, 25, 26, 29, 31, 15, 27, 28
  };

  private static final long[] OLD_KERNEL = {
    33, 51, 16, 6, 17, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 23, 25, 26, 31, 15
  };

  @Test
  void a_short_vector_ends_with_a_pair_of_zeros() {
    assertThat(AuxvEncoder.encode(Architecture.X86_64, new Auxv(Map.of(16L, 5L, 6L, 4096L))))
        .containsExactly(6L, 4096L, 16L, 5L, 0L, 0L);
  }

  @Test
  void a_vector_that_fills_what_criu_has_room_for_has_no_pair_of_zeros() {
    List<Long> words = AuxvEncoder.encode(Architecture.AARCH64, auxv(OLD_KERNEL));
    assertThat(words).hasSize(40);
    assertThat(words.get(38)).isEqualTo(51L);
  }

  @Test
  void what_criu_has_no_room_for_is_what_old_kernels_do_not_have() {
    List<Long> words = AuxvEncoder.encode(Architecture.AARCH64, auxv(YOUNG_KERNEL));
    assertThat(words).hasSize(40).doesNotContain(1027L, 1028L, 1029L).contains(1016L, 1026L);
  }

  @Test
  void criu_has_room_for_more_on_riscv64() {
    List<Long> words = AuxvEncoder.encode(Architecture.RISCV64, auxv(YOUNG_KERNEL));
    assertThat(words).hasSize(2 * YOUNG_KERNEL.length + 2).contains(1027L, 1028L).endsWith(0L, 0L);
  }

  private static Auxv auxv(long[] types) {
    Map<Long, Long> values = new HashMap<>();
    LongStream.of(types).forEach(type -> values.put(type, 1000 + type));
    return new Auxv(values);
  }
}
