package io.thaw.linker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Auxv;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Protection;
import io.thaw.linker.platform.Device;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.platform.RamRange;
import io.thaw.linker.problem.InvalidInputException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is particular to riscv64: page-table entries, Sv39 and Sv48, where an image begins. */
class Riscv64PlanTest {

  private static final long GIB = 1L << 30;
  private static final long SV39_END = 1L << 38;
  private static final Platform QEMU = Platforms.defaultFor(Architecture.RISCV64);

  /** A core without Sv48, and its devices above the first GiB. */
  private static final Platform SV39_ONLY =
      new Platform(
          "sv39-only",
          Architecture.RISCV64,
          List.of(new RamRange(2 * GIB, 3 * GIB)),
          Device.store(0x60000008),
          Device.store(0x60000008),
          Device.store(0x60000000),
          /* tableLevels= */ 3,
          /* xsave= */ false,
          Set.of());

  private static Checkpoint upTo(long endVaddr) {
    return CheckpointBuilder.on(Architecture.RISCV64).anonymous(endVaddr - 4096, endVaddr).build();
  }

  @ParameterizedTest
  @CsvSource({
    "---, 20000100", // held, not valid
    "r--, 200000d3", // V R U A D
    "rw-, 200000d7",
    "r-x, 200000db",
    "rwx, 200000df",
    "--x, 200000db", // the stub reads it
  })
  void entriesHaveTheProgramsRights(String rights, String entry) {
    Protection protection =
        new Protection(rights.contains("r"), rights.contains("w"), rights.contains("x"));

    assertThat(Long.toHexString(new Riscv64PteFormat(3).userPage(0x80000000L, protection)))
        .isEqualTo(entry);
  }

  @Test
  void sv39IsTakenAsLongAsItReaches() throws Exception {
    assertThat(Riscv64PteFormat.choose(upTo(SV39_END), QEMU).levels()).isEqualTo(3);
    assertThat(Riscv64PteFormat.choose(upTo(SV39_END), SV39_ONLY).levels()).isEqualTo(3);
    assertThat(Riscv64PteFormat.choose(upTo(SV39_END + 4096), QEMU).levels()).isEqualTo(4);
  }

  @Test
  void aProgramThatNeedsSv48IsRefusedWhereThereIsNone() {
    assertThatThrownBy(() -> Planner.plan(upTo(SV39_END + 4096), SV39_ONLY, LinkOptions.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found addresses up to 0x4000001000")
        .hasMessageContaining("up to 0x4000000000", "Sv39", "sv39-only");
  }

  @Test
  void anImageBeginsWithItsFirstInstructionAtTheBottomOfRam() throws Exception {
    Checkpoint checkpoint =
        CheckpointBuilder.on(Architecture.RISCV64).anonymous(2 * GIB, 3 * GIB).build();

    ImagePlan plan = Planner.plan(checkpoint, QEMU, LinkOptions.defaults());

    assertThat(plan.entryPaddr()).isEqualTo(2 * GIB);
    assertThat(plan.chunks().get(0).paddr()).isEqualTo(2 * GIB);
  }

  @Test
  void devicesOfAnyPlaceAreSeen() throws Exception {
    Planner.plan(upTo(SV39_END), SV39_ONLY, LinkOptions.defaults());
  }

  @Test
  void vectorsAreWarnedOf() throws Exception {
    Checkpoint checkpoint =
        CheckpointBuilder.on(Architecture.RISCV64).auxv(Auxv.AT_HWCAP, 0x20112d).build();

    assertThat(Planner.plan(checkpoint, QEMU, LinkOptions.defaults()).manifest().warnings())
        .singleElement()
        .asString()
        .contains("(V)");
  }
}
