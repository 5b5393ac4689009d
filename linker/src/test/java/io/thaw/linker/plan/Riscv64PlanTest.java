package io.thaw.linker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Auxv;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.platform.Device;
import io.thaw.linker.platform.Hook;
import io.thaw.linker.platform.Hooks;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.platform.Processor;
import io.thaw.linker.platform.RamRange;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
          OptionalLong.empty(),
          new Processor(3, /* breakpoints= */ true, /* xsave= */ false, Set.of(), Optional.empty()),
          Device.store(0x60000008),
          Device.store(0x60000008),
          new Hooks(
              List.of(), List.of(), List.of(new Hook.Store(0x60000000, 4, Hook.Value.VERDICT))),
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
  void rocketHasNeitherSv48NorVectors() {
    Platform rocket = Platforms.byName("rocket").orElseThrow();
    Checkpoint vectors =
        CheckpointBuilder.on(Architecture.RISCV64).auxv(Auxv.AT_HWCAP, 0x20112d).build();

    assertThatThrownBy(() -> Planner.plan(upTo(SV39_END + 4096), rocket, LinkOptions.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("platform rocket has no Sv48");
    assertThatThrownBy(() -> Planner.plan(vectors, rocket, LinkOptions.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("vectors (V)")
        .hasMessageContaining("platform rocket has no V");
  }

  @Test
  void anImageBeginsWithItsFirstInstructionAtTheBottomOfRam() throws Exception {
    Checkpoint checkpoint =
        CheckpointBuilder.on(Architecture.RISCV64).anonymous(2 * GIB, 3 * GIB).build();

    ImagePlan plan = Planner.plan(checkpoint, QEMU, LinkOptions.defaults());

    assertThat(plan.entryPaddr()).isEqualTo(2 * GIB);
    assertThat(plan.chunks().get(0).paddr()).isEqualTo(2 * GIB);
  }

  /** The root is the first of the tables; the direct map begins in the middle of it. */
  @Test
  void devicesOfAnyPlaceAreSeen() throws Exception {
    ImagePlan plan = Planner.plan(upTo(SV39_END), SV39_ONLY, LinkOptions.defaults());

    long tablesPaddr =
        plan.manifest().regions().stream()
            .filter(region -> region.name().equals(MemoryPlan.PAGE_TABLES))
            .findFirst()
            .orElseThrow()
            .paddr();
    Chunk.Made tables =
        (Chunk.Made)
            plan.chunks().stream()
                .filter(chunk -> chunk.paddr() == tablesPaddr)
                .findFirst()
                .orElseThrow();
    LongBuffer root =
        ByteBuffer.wrap(tables.bytes().toArray()).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    assertThat(root.get(256)).as("nothing of the platform").isZero();
    assertThat(root.get(257)).as("devices, V R W G A D").isEqualTo(0x40000000L >> 2 | 0xe7);
    assertThat(root.get(258)).as("RAM").isEqualTo(0x80000000L >> 2 | 0xe7);
  }

  @ParameterizedTest
  @CsvSource({"0x400001, 0, pc", "0x800000000000, 0, pc", "0x400000, 0x100, fcsr"})
  void registersThatNoProcessorCanHaveAreRefused(String pc, String fcsr, String register) {
    Riscv64Registers registers =
        new Riscv64Registers(
            Collections.nCopies(31, 0L),
            Long.decode(pc),
            Collections.nCopies(32, 0L),
            Integer.decode(fcsr));
    Checkpoint checkpoint = CheckpointBuilder.on(Architecture.RISCV64).registers(registers).build();

    assertThatThrownBy(() -> Planner.plan(checkpoint, QEMU, LinkOptions.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("test-dump: " + register);
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
