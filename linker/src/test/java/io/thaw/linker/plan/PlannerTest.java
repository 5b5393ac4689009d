package io.thaw.linker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import io.thaw.linker.model.X86ExtendedState;
import io.thaw.linker.model.X86ExtendedState.Component;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerTest {

  private static final long GIB = 1L << 30;

  private static ImagePlan plan(Checkpoint checkpoint) throws InvalidInputException {
    return Planner.plan(
        checkpoint, Platforms.defaultFor(checkpoint.architecture()), LinkOptions.defaults());
  }

  private static X86ExtendedState extended(Set<Component> listed, Set<Component> inUse) {
    return new X86ExtendedState(
        true,
        ByteBlock.zeros(X86ExtendedState.YMM_UPPER_SIZE_BYTES),
        X86ExtendedState.LINUX_INITIAL_PKRU,
        listed,
        inUse);
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void equalCheckpointsGiveEqualPlans(Architecture architecture) throws Exception {
    ImagePlan first = plan(CheckpointBuilder.on(architecture).build());
    ImagePlan second = plan(CheckpointBuilder.on(architecture).build());

    assertThat(second).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void chunksAreInOrderAndDoNotOverlap(Architecture architecture) throws Exception {
    ImagePlan plan = plan(CheckpointBuilder.on(architecture).build());

    long end = 0;
    for (Chunk chunk : plan.chunks()) {
      assertThat(chunk.paddr()).isGreaterThanOrEqualTo(end);
      end = chunk.paddr() + chunk.sizeBytes();
    }
    assertThat(end).isEqualTo(plan.manifest().ramEndPaddr());
  }

  /** IRETQ, ERET, MRET. */
  @ParameterizedTest
  @CsvSource({"X86_64, cf48", "AARCH64, d69f03e0", "RISCV64, 30200073"})
  void theRegionBeginsBehindTheInstructionThatLeavesForTheProgram(
      Architecture architecture, String code) throws Exception {
    ImagePlan plan = plan(CheckpointBuilder.on(architecture).build());
    Manifest.Mark begin = plan.manifest().regionBegin();
    Chunk.Made stub =
        plan.chunks().stream()
            .filter(chunk -> chunk instanceof Chunk.Made && chunk.paddr() <= begin.pc())
            .map(Chunk.Made.class::cast)
            .findFirst()
            .orElseThrow();

    int found =
        ByteBuffer.wrap(stub.bytes().toArray())
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt((int) (begin.pc() - stub.paddr()));

    assertThat(begin.count()).isEqualTo(1);
    assertThat(String.format("%08x", found)).endsWith(code);
  }

  @Test
  void severalThreadsAreRefusedWithTheirCount() {
    Checkpoint checkpoint = CheckpointBuilder.on(Architecture.X86_64).threads(4).build();

    assertThatThrownBy(() -> plan(checkpoint))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 4 threads")
        .hasMessageContaining("acceptable: a process with 1 thread");
  }

  @Test
  void allUnsupportedStateIsRefusedByNameAtOnce() {
    Checkpoint checkpoint =
        CheckpointBuilder.on(Architecture.X86_64)
            .registers(
                CheckpointBuilder.x86Registers(
                    extended(
                        EnumSet.allOf(Component.class),
                        Set.of(Component.AVX512_OPMASK, Component.SHADOW_STACK))))
            .build();

    assertThatThrownBy(() -> plan(checkpoint))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("AVX-512 opmask registers in use")
        .hasMessageContaining("shadow stack (CET) in use");
  }

  @Test
  void stateThatIsOnlyListedIsAWarning() throws Exception {
    ImagePlan plan =
        plan(
            CheckpointBuilder.on(Architecture.X86_64)
                .registers(
                    CheckpointBuilder.x86Registers(
                        extended(EnumSet.allOf(Component.class), Set.of())))
                .build());

    assertThat(plan.manifest().restorePath()).isEqualTo("xrstor");
    assertThat(plan.manifest().warnings()).anyMatch(text -> text.contains("AVX-512"));
  }

  @Test
  void withoutXsaveInTheDumpThePathIsFxrstor() throws Exception {
    ImagePlan plan = plan(CheckpointBuilder.on(Architecture.X86_64).build());

    assertThat(plan.manifest().restorePath()).isEqualTo("fxrstor");
  }

  @Test
  void aPlatformWithoutXsaveTakesAvxThatIsAtItsInitialValue() throws Exception {
    Checkpoint checkpoint =
        CheckpointBuilder.on(Architecture.X86_64)
            .registers(CheckpointBuilder.x86Registers(extended(Set.of(Component.AVX), Set.of())))
            .build();

    ImagePlan plan = Planner.plan(checkpoint, small(GIB, 8 * GIB), LinkOptions.defaults());

    assertThat(plan.manifest().restorePath()).isEqualTo("fxrstor");
    assertThat(plan.manifest().warnings()).anyMatch(text -> text.contains("AVX"));
  }

  @Test
  void pendingSignalsAndArmedTimersAreWarnedOf() throws Exception {
    ImagePlan plan =
        plan(
            CheckpointBuilder.on(Architecture.X86_64)
                .pendingSignal(14)
                .armedTimer("timer real")
                .build());

    assertThat(plan.manifest().warnings())
        .anyMatch(text -> text.contains("signal 14 was pending"))
        .anyMatch(text -> text.contains("timer real was armed"));
  }

  @Test
  void ramAboveFourGibIsUsedWhenTheImageNeedsIt() throws Exception {
    Checkpoint checkpoint =
        CheckpointBuilder.on(Architecture.X86_64)
            .anonymous(16 * GIB, 19 * GIB)
            .stored(16 * GIB, 3 * GIB / 4096, 3 * GIB)
            .build();

    ImagePlan plan = plan(checkpoint);

    assertThat(plan.chunks()).anyMatch(chunk -> chunk.paddr() >= 4 * GIB);
    assertThat(plan.manifest().ramEndPaddr()).isGreaterThan(4 * GIB);
  }

  @Test
  void ramThatIsTooSmallIsRefused() {
    Checkpoint checkpoint =
        CheckpointBuilder.on(Architecture.X86_64)
            .anonymous(16 * GIB, 17 * GIB)
            .stored(16 * GIB, GIB / 4096, GIB)
            .build();

    assertThatThrownBy(() -> Planner.plan(checkpoint, small(64 << 20, 0), LinkOptions.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("test-dump: memory")
        .hasMessageContaining("RAM");
  }

  @Test
  void aHeapLargerThanRamIsRefused() {
    Checkpoint checkpoint = CheckpointBuilder.on(Architecture.AARCH64).build();
    LinkOptions options = new LinkOptions(1L << 42, 0);

    assertThatThrownBy(
            () -> Planner.plan(checkpoint, Platforms.defaultFor(Architecture.AARCH64), options))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("qemu-aarch64");
  }

  @Test
  void theBootPageEvadesTheProgramsMappings() throws Exception {
    ImagePlan free = plan(CheckpointBuilder.on(Architecture.X86_64).build());
    ImagePlan taken =
        plan(CheckpointBuilder.on(Architecture.X86_64).anonymous(0x200000, 0x400000).build());

    assertThat(free.chunks().get(0).paddr()).isEqualTo(0x200000);
    assertThat(taken.chunks().get(0).paddr()).isEqualTo(0x600000);
  }

  @Test
  void twoMappingsOfOneObjectShareFrames() {
    Optional<Vma.Backing> backing = Optional.of(new Vma.Backing("/dev/zero", 9, 0));
    Checkpoint checkpoint =
        CheckpointBuilder.on(Architecture.X86_64)
            .vma(0x10000000, 0x10002000, 3, Vma.Kind.SHARED_MEMORY, true, backing)
            .vma(0x20000000, 0x20002000, 1, Vma.Kind.SHARED_MEMORY, true, backing)
            .stored(0x10000000, 1, 4096)
            .stored(0x20000000, 1, 4096)
            .build();

    UserPages pages = pages(checkpoint);

    assertThat(pages.aliases())
        .extracting(UserPages.Alias::vaddr, UserPages.Alias::firstVaddr)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0x20000000L, 0x10000000L),
            org.assertj.core.groups.Tuple.tuple(0x20001000L, 0x10001000L));
  }

  @Test
  void zeroPagesOfAFileMappingGetFramesAndThoseOfTheHeapAreBorn() {
    Checkpoint checkpoint =
        CheckpointBuilder.on(Architecture.X86_64)
            .vma(
                0x10000000,
                0x10001000,
                3,
                Vma.Kind.FILE,
                false,
                Optional.of(new Vma.Backing("/lib/x", 3, 0)))
            .content(0x10000000, 1, new PageRun.Zero())
            .anonymous(0x20000000, 0x20001000)
            .content(0x20000000, 1, new PageRun.Zero())
            .build();

    assertThat(pages(checkpoint).frames())
        .extracting(UserPages.Frames::vaddr)
        .containsExactly(0x400000L, 0x10000000L);
  }

  @Test
  void theWholeVvarIsOnePageOfZeros() {
    Checkpoint checkpoint =
        CheckpointBuilder.on(Architecture.X86_64)
            .vma(0x10000000, 0x10004000, 1, Vma.Kind.VVAR, false, Optional.empty())
            .build();

    UserPages pages = pages(checkpoint);

    assertThat(pages.frameCount()).isEqualTo(2);
    assertThat(pages.aliases()).hasSize(3);
  }

  @Test
  void missingPagesAreWarnedOfAndCounted() throws Exception {
    ImagePlan plan =
        plan(
            CheckpointBuilder.on(Architecture.X86_64)
                .anonymous(0x20000000, 0x20002000)
                .content(0x20000000, 2, new PageRun.Missing("lazy"))
                .build());

    assertThat(plan.manifest().warnings()).anyMatch(text -> text.startsWith("2 pages"));
    assertThat(plan.manifest().mappings())
        .extracting(Manifest.Mapping::missingPages)
        .containsExactly(0L, 2L);
  }

  @Test
  void pagesOf64KibKeepTheirAlignment() throws Exception {
    ImagePlan plan =
        plan(
            CheckpointBuilder.on(Architecture.AARCH64)
                .pageSize(65536)
                .anonymous(0x10000000, 0x10020000)
                .stored(0x10000000, 2, 2 * 65536)
                .build());

    assertThat(plan.chunks())
        .filteredOn(Chunk.Copied.class::isInstance)
        .allMatch(chunk -> chunk.paddr() % 65536 == 0);
  }

  private static UserPages pages(Checkpoint checkpoint) {
    try {
      return UserPages.of(checkpoint, GIB);
    } catch (InvalidInputException e) {
      throw new AssertionError(e);
    }
  }

  /** A platform without XSAVE. */
  private static Platform small(long ramSizeBytes, long highSizeBytes) {
    RamRange low = new RamRange(2 << 20, (2 << 20) + ramSizeBytes);
    return new Platform(
        "small",
        Architecture.X86_64,
        highSizeBytes == 0
            ? List.of(low)
            : List.of(low, new RamRange(4 * GIB, 4 * GIB + highSizeBytes)),
        OptionalLong.empty(),
        new Processor(4, /* breakpoints= */ true, /* xsave= */ false, Set.of(), Optional.empty()),
        Device.port(0x3f8),
        Device.port(0xe9),
        new Hooks(List.of(), List.of(), List.of(new Hook.Port(0xf4, Hook.Value.VERDICT))),
        Set.of());
  }
}
