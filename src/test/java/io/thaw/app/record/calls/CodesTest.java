package io.thaw.app.record.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Calls that are many calls: ioctl, fcntl, prctl, arch_prctl, futex, semctl, keyctl. */
class CodesTest {

  private static final long HERE = FakeCall.MEMORY;

  @Test
  void anUnknownRequestIsRefusedByItsNumber() {
    assertThat(FakeCall.of("ioctl", 3, 0xffff_ffff_c020_ae01L, HERE).refusal())
        .contains("nothing is known of request 0xc020ae01");
    assertThat(FakeCall.of("fcntl", 3, 99).refusal()).contains("nothing is known of command 0x63");
    assertThat(FakeCall.of("prctl", 999).refusal()).contains("nothing is known of option 0x3e7");
    assertThat(FakeCall.of("arch_prctl", 0x7777).refusal()).isPresent();
    assertThat(FakeCall.of("keyctl", 23).refusal()).isPresent();
  }

  @Test
  void whatWasRefusedHasNoEffects() {
    assertThatThrownBy(() -> FakeCall.of("ioctl", 3, 0xc020ae01L, HERE).effects())
        .isInstanceOf(IllegalStateException.class);
  }

  /** Some C libraries extend the request's sign. */
  @Test
  void aRequestIsAnInt() {
    assertThat(FakeCall.of("ioctl", 3, 0xffff_ffff_8004_5430L, HERE).effects())
        .containsExactly("written 10000+4");
  }

  @Test
  void terminalsAnswerWithStructures() {
    assertThat(FakeCall.of("ioctl", 0, 0x5401, HERE).effects()).containsExactly("written 10000+36");
    assertThat(FakeCall.of("ioctl", 0, 0x5413, HERE).effects()).containsExactly("written 10000+8");
    assertThat(FakeCall.of("ioctl", 0, 0x5402, HERE).effects()).isEmpty();
  }

  @Test
  void aCloneOfAFileChangesIt() {
    assertThat(FakeCall.of("ioctl", 5, 0x40049409L, 4).effects()).containsExactly("file 5");
  }

  @Test
  void extentsAreAsManyAsThereIsRoomFor() {
    FakeCall call = FakeCall.of("ioctl", 5, 0xc020660bL, HERE).withInt(HERE + 24, 3);
    assertThat(call.effects()).containsExactly("written 10000+200");
  }

  @Test
  void comparisonsAreAnsweredForEachDestination() {
    FakeCall call = FakeCall.of("ioctl", 5, 0xc0189436L, HERE).withInt(HERE + 16, 2);
    assertThat(call.effects()).containsExactly("written 10000+88");
  }

  @Test
  void interfacesAreListedBehindAPointer() {
    FakeCall call =
        FakeCall.of("ioctl", 5, 0x8912, HERE).withInt(HERE, 80).withWords(HERE + 8, 0x12000);
    assertThat(call.effects()).containsExactly("written 10000+16", "written 12000+80");
  }

  @Test
  void locksAreAskedForWithAStructure() {
    assertThat(FakeCall.of("fcntl", 3, 5, HERE).effects()).containsExactly("written 10000+32");
    assertThat(FakeCall.of("fcntl", 3, 36, HERE).effects()).containsExactly("written 10000+32");
    assertThat(FakeCall.of("fcntl", 3, 16, HERE).effects()).containsExactly("written 10000+8");
    assertThat(FakeCall.of("fcntl", 3, 6, HERE).effects()).isEmpty();
    assertThat(FakeCall.of("fcntl", 3, 1030, 10).effects()).isEmpty();
  }

  @Test
  void optionsOfTheProcessAreAnswered() {
    assertThat(FakeCall.of("prctl", 16, HERE).effects()).containsExactly("written 10000+16");
    assertThat(FakeCall.of("prctl", 40, HERE).effects()).containsExactly("written 10000+8");
    assertThat(FakeCall.of("prctl", 0x41555856, HERE, 64).returning(320).effects())
        .containsExactly("written 10000+64");
    assertThat(FakeCall.of("prctl", 15, HERE).effects()).isEmpty();
  }

  @Test
  void optionsThatChangeWhatARecorderReliesOnAreRefused() {
    assertThat(FakeCall.of("prctl", 22, 2, HERE).refusal()).isPresent();
    assertThat(FakeCall.of("prctl", 26, 2).refusal()).isPresent();
    assertThat(FakeCall.of("prctl", 35, 6, HERE).refusal()).isPresent();
    assertThat(FakeCall.of("prctl", 59, 1).refusal()).isPresent();
    assertThat(FakeCall.of("prctl", 59, 0).refusal()).isEmpty();
    assertThat(FakeCall.of("arch_prctl", 0x1012, 0).refusal()).isPresent();
    assertThat(FakeCall.of("arch_prctl", 0x1012, 1).refusal()).isEmpty();
    assertThat(FakeCall.of("personality", 0x40_0000).refusal()).isPresent();
    assertThat(FakeCall.of("personality", 0xffff_ffffL).refusal()).isEmpty();
    assertThat(FakeCall.of("personality", -1).refusal()).isEmpty();
  }

  @Test
  void segmentBasesAreSetAndAsked() {
    assertThat(FakeCall.of("arch_prctl", 0x1002, 0x7700).effects()).containsExactly("fs 7700");
    assertThat(FakeCall.of("arch_prctl", 0x1001, 0x7700).effects()).containsExactly("gs 7700");
    assertThat(FakeCall.of("arch_prctl", 0x1002, -1).returning(-1).effects()).isEmpty();
    assertThat(FakeCall.of("arch_prctl", 0x1003, HERE).effects())
        .containsExactly("written 10000+8");
  }

  /** C libraries ask this at their start, and go on when there is no answer. */
  @Test
  void theOldQuestionForShadowStacksIsAllowed() {
    assertThat(FakeCall.of("arch_prctl", 0x3001, HERE).refusal()).isEmpty();
  }

  @Test
  void futexesWriteOnlyWhenToldTo() {
    assertThat(FakeCall.of("futex", HERE, 0x81, 1).effects()).isEmpty();
    assertThat(FakeCall.of("futex", HERE, 0x189, 1).returning(-110).effects()).isEmpty();
    assertThat(FakeCall.of("futex", HERE, 0x85, 1, 1, HERE + 64).effects())
        .containsExactly("written 10040+4");
    assertThat(FakeCall.of("futex", HERE, 0x86).refusal()).isPresent();
  }

  @Test
  void semaphoresAreAnsweredButNotAllAtOnce() {
    assertThat(FakeCall.of("semctl", 1, 0, 0x102, HERE).effects())
        .containsExactly("written 10000+128");
    assertThat(FakeCall.of("semctl", 1, 0, 13, HERE).refusal()).isPresent();
  }
}
