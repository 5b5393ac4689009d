package io.thaw.app.record.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.model.Architecture;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewProcessRowsTest {

  private static final long HERE = FakeCall.MEMORY;
  private static final long SIGCHLD = 17;

  @Test
  void aProcessOfItsOwnIsAllowedAsItIs() {
    FakeCall fork = FakeCall.of("clone", 0x0120_0000 | SIGCHLD, 0, 0, HERE).returning(99);
    assertThat(fork.refusal()).isEmpty();
    assertThat(fork.substitute()).isEmpty();
    assertThat(fork.effects()).isEmpty();
  }

  @Test
  void aThreadIsMadeAsItIsAndItsNumberIsWritten() {
    long thread = 0x3d_0f00;
    FakeCall clone = FakeCall.of("clone", thread, 0, HERE, HERE, HERE).returning(99);
    assertThat(clone.refusal()).isEmpty();
    assertThat(clone.substitute()).isEmpty();
    assertThat(clone.effects()).containsExactly("written 10000+4");
  }

  @Test
  void aThreadThatWritesItsNumberItselfDoesSoInTheMemoryThatItShares() {
    long thread = 0x129_0f00;
    for (Architecture architecture : Architecture.values()) {
      long[] places =
          architecture == Architecture.X86_64 ? new long[] {HERE, 0} : new long[] {0, HERE};
      assertThat(
              FakeCall.on(architecture, "clone", thread, 0, 0, places[0], places[1])
                  .returning(99)
                  .effects())
          .containsExactly("written 10000+4");
    }
  }

  @Test
  void processesInTheSameMemoryAreRefused() {
    assertThat(FakeCall.of("clone", 0x100 | SIGCHLD, HERE).refusal()).isPresent();
    assertThat(FakeCall.of("clone", 0x4900 | SIGCHLD, HERE).refusal()).isPresent();
  }

  @Test
  void aProcessThatBorrowsMemoryGetsACopy() {
    for (Architecture architecture : Architecture.values()) {
      FakeCall spawn = FakeCall.on(architecture, "clone", 0x4100 | SIGCHLD, HERE);
      assertThat(spawn.refusal()).isEmpty();
      assertThat(spawn.substitute())
          .contains(new Substitute.Call(spawn.number(), List.of(0x4000 | SIGCHLD)));
    }
  }

  @Test
  void vforkIsForkWithTheArgumentRegistersLeftAlone() {
    assertThat(FakeCall.of("vfork").substitute())
        .contains(new Substitute.Call(FakeCall.of("fork").number(), List.of()));
  }

  @Test
  void theNumberOfTheNewProcessIsWritten() {
    assertThat(FakeCall.of("clone", 0x10_0000 | SIGCHLD, 0, HERE).returning(99).effects())
        .containsExactly("written 10000+4");
    assertThat(FakeCall.of("clone", 0x1000 | SIGCHLD, 0, HERE).returning(99).effects())
        .containsExactly("written 10000+4");
  }

  @Test
  void clone3IsAnsweredAsByAKernelWithoutIt() {
    assertThat(FakeCall.of("clone3", HERE, 88).refusal()).isEmpty();
    assertThat(FakeCall.of("clone3", HERE, 88).substitute()).contains(new Substitute.NoCall());
    assertThat(FakeCall.of("clone3", HERE, 88).returning(-38).effects()).isEmpty();
  }

  @Test
  void anotherProgramIsRefused() {
    assertThat(FakeCall.of("execve").refusal()).isPresent();
    assertThat(FakeCall.of("execveat").refusal()).isPresent();
  }
}
