package io.thaw.app.record.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryRowsTest {

  private static final long HERE = FakeCall.MEMORY;
  private static final long EINVAL = -22;
  private static final long ENOMEM = -12;

  @Test
  void aMappingHasWholePages() {
    assertThat(FakeCall.of("mmap", 0, 5000, 1, 2, 7, 0x3000).returning(0x7f00_0000_0000L).effects())
        .containsExactly("mapped 7f0000000000+8192 1 2 7 3000");
  }

  @Test
  void anAnonymousMappingHasNoFile() {
    assertThat(FakeCall.of("mmap", 0, 4096, 3, 0x22, 7, 0x3000).returning(HERE).effects())
        .containsExactly("mapped 10000+4096 3 22 -1 0");
  }

  @Test
  void aMappingOfHugePagesHasWholeOnes() {
    assertThat(FakeCall.of("mmap", 0, 1, 3, 0x40022, -1, 0).returning(1 << 21).effects())
        .containsExactly("mapped 200000+" + (1 << 21) + " 3 40022 -1 0");
    long gigabytePages = 0x40022 | 30L << 26;
    assertThat(FakeCall.of("mmap", 0, 1, 3, gigabytePages, -1, 0).returning(1 << 30).effects())
        .singleElement()
        .asString()
        .startsWith("mapped 40000000+" + (1 << 30) + " ");
  }

  @Test
  void whatFailedMappedNothing() {
    assertThat(FakeCall.of("mmap", 0, 5000, 1, 2, 7, 0).returning(ENOMEM).effects()).isEmpty();
    assertThat(FakeCall.of("munmap", HERE, 1).returning(EINVAL).effects()).isEmpty();
    assertThat(FakeCall.of("mprotect", HERE, 1, 1).returning(EINVAL).effects()).isEmpty();
    assertThat(FakeCall.of("mremap", HERE, 1, 9).returning(ENOMEM).effects()).isEmpty();
  }

  @Test
  void unmappingAndRightsAreOfWholePages() {
    assertThat(FakeCall.of("munmap", HERE, 4097).effects()).containsExactly("unmapped 10000+8192");
    assertThat(FakeCall.of("mprotect", HERE, 1, 5).effects())
        .containsExactly("protected 10000+4096 5");
    assertThat(FakeCall.of("pkey_mprotect", HERE, 1, 5, -1).effects())
        .containsExactly("protected 10000+4096 5");
  }

  @Test
  void rightsThatAReplayDoesNotHaveAreRefused() {
    assertThat(FakeCall.of("mprotect", HERE, 1, 0x0100_0007).refusal()).isPresent();
    assertThat(FakeCall.of("mprotect", HERE, 1, 0x23).refusal()).isPresent();
    assertThat(FakeCall.of("mmap", 0, 1, 0x23, 0x22, -1, 0).refusal()).isPresent();
    assertThat(FakeCall.of("pkey_mprotect", HERE, 1, 5, 1).refusal()).isPresent();
    assertThat(FakeCall.of("mprotect", HERE, 1, 7).refusal()).isEmpty();
    assertThat(FakeCall.of("pkey_mprotect", HERE, 1, 5, -1).refusal()).isEmpty();
  }

  @Test
  void protectionKeysAreAnsweredAsByAKernelWithoutThem() {
    assertThat(FakeCall.of("pkey_alloc", 0, 0).substitute()).contains(new Substitute.NoCall());
  }

  @Test
  void aMappingMovesAndGrows() {
    assertThat(FakeCall.of("mremap", HERE, 4000, 9000, 1).returning(0x50000).effects())
        .containsExactly("moved 10000+4096 50000+12288");
  }

  @Test
  void aMappingThatMovesToAFixedPlaceReplacesWhatIsThere() {
    assertThat(FakeCall.of("mremap", HERE, 4096, 4096, 3, 0x50000).returning(0x50000).effects())
        .containsExactly("unmapped 50000+4096", "moved 10000+4096 50000+4096");
  }

  @Test
  void movesThatLeaveAMappingBehindAreRefused() {
    assertThat(FakeCall.of("mremap", HERE, 0, 4096, 1).refusal()).isPresent();
    assertThat(FakeCall.of("mremap", HERE, 4096, 4096, 5).refusal()).isPresent();
    assertThat(FakeCall.of("mremap", HERE, 4096, 8192, 1).refusal()).isEmpty();
  }

  @Test
  void theBreakIsWhatTheCallReturns() {
    assertThat(FakeCall.of("brk", 0).returning(0x5555_0000).effects())
        .containsExactly("break 55550000");
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 8, 24})
  void pagesThatAreNotNeededAreDiscarded(long advice) {
    assertThat(FakeCall.of("madvise", HERE, 5000, advice).effects())
        .containsExactly("discarded 10000+8192");
    assertThat(FakeCall.of("madvise", HERE, 5000, advice).returning(ENOMEM).effects())
        .containsExactly("discarded 10000+8192");
  }

  @Test
  void discardingThatStoppedSomewhereIsReadBack() {
    assertThat(FakeCall.of("madvise", HERE, 5000, 4).returning(EINVAL).effects())
        .containsExactly("written 10000+8192");
  }

  @Test
  void pagesThatMayGoAtAnyTimeGoAtOnce() {
    assertThat(FakeCall.of("madvise", HERE, 5000, 8).substitute())
        .contains(new Substitute.Call(28, List.of(HERE, 5000L, 4L)));
    assertThat(FakeCall.of("madvise", HERE, 5000, 4).substitute()).isEmpty();
  }

  @Test
  void guardsAreAnsweredAsByAKernelWithoutThem() {
    FakeCall call = FakeCall.of("madvise", HERE, 4096, 102).returning(EINVAL);
    assertThat(call.refusal()).isEmpty();
    assertThat(call.substitute())
        .contains(new Substitute.Call(28, List.of(HERE, 4096L, 0xffff_ffffL)));
    assertThat(call.effects()).isEmpty();
  }

  @Test
  void adviceThatIsNotKnownIsRefused() {
    assertThat(FakeCall.of("madvise", HERE, 4096, 9).refusal()).isPresent();
    assertThat(FakeCall.of("madvise", HERE, 4096, 77).refusal())
        .contains("nothing is known of advice 0x4d");
    assertThat(FakeCall.of("madvise", HERE, 4096, 14).refusal()).isEmpty();
  }

  @Test
  void residenceIsAByteAPage() {
    assertThat(FakeCall.of("mincore", 0x50000, 8193, HERE).effects())
        .containsExactly("written 10000+3");
  }

  @Test
  void aSequenceAreaIsAtLeastAsLongAsItWasFirst() {
    assertThat(FakeCall.of("rseq", HERE, 20, 0, 1).effects()).containsExactly("written 10000+32");
    assertThat(FakeCall.of("rseq", HERE, 64, 0, 1).effects()).containsExactly("written 10000+64");
  }
}
