package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.criu.proto.MemfdInode;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bits of a mapping's status come to. */
class MappingKindsTest {

  private static final long START = 0x10_0000;
  private static final int PAGE = 4096;
  private static final int VDSO = 1 << 3;
  private static final int SYSTEM_V = 1 << 10;
  private static final int VVAR = 1 << 12;
  private static final int MAP_GROWSDOWN = 0x100;

  @TempDir private Path folder;
  private final TestDump dump = TestDump.x86();

  private Checkpoint read() throws Exception {
    return dump.writeAndRead(folder.resolve("img"));
  }

  private static Vma vmaAt(Checkpoint checkpoint, long vaddr) {
    return checkpoint.addressSpace().vmas().stream()
        .filter(vma -> vma.contains(vaddr))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theKernelsCodeHasPagesAndItsDataHasNone() throws Exception {
    dump.area(TestAreas.area(START, START + 6 * PAGE, VVAR));
    dump.area(TestAreas.area(START + 6 * PAGE, START + 8 * PAGE, VDSO));
    dump.addPages("157")
        .stored(START, 1, 2)
        .stored(START + 6 * PAGE, 61, 62)
        .stored(TestDump.CODE, 1);

    Checkpoint checkpoint = read();

    assertThat(vmaAt(checkpoint, START).kind()).isEqualTo(Vma.Kind.VVAR);
    assertThat(vmaAt(checkpoint, START + 6 * PAGE).kind()).isEqualTo(Vma.Kind.VDSO);
    assertThat(checkpoint.addressSpace().pages())
        .extracting(PageRun::vaddr)
        .containsExactly(START + 6 * PAGE, TestDump.CODE);
  }

  @Test
  void thePageAboveUserSpaceIsLeftOut() throws Exception {
    int before = dump.mm.getVmasCount();
    dump.area(TestAreas.area(0xffff_ffff_ff60_0000L, 0xffff_ffff_ff60_1000L, TestAreas.VSYSCALL));

    assertThat(read().addressSpace().vmas()).hasSize(before);
  }

  @Test
  void aStackIsKnownByThatItGrows() throws Exception {
    dump.area(
        TestAreas.anonymous(START, START + PAGE).toBuilder().setFlags(2 | MAP_GROWSDOWN).build());

    Checkpoint checkpoint = read();

    assertThat(vmaAt(checkpoint, START).growsDown()).isTrue();
    assertThat(vmaAt(checkpoint, TestDump.CODE).growsDown()).isFalse();
  }

  @Test
  void memoryOfSystemVIsSharedMemory() throws Exception {
    dump.area(
        TestAreas.shared(
            START, START + PAGE, TestAreas.ANON_SHARED | SYSTEM_V, /* object= */ 9, 0));
    dump.addPages("shmem-9").stored(0, 5);

    Checkpoint checkpoint = read();

    assertThat(vmaAt(checkpoint, START).kind()).isEqualTo(Vma.Kind.SHARED_MEMORY);
    assertThat(new CheckpointMemory(checkpoint).page(START)[0]).isEqualTo((byte) 5);
  }

  @Test
  void sharedMemoryWithoutItsPageMapIsRefused() {
    dump.area(TestAreas.shared(START, START + PAGE, TestAreas.ANON_SHARED, 9, 0));

    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("pagemap-shmem-9.img: found no such file");
  }

  @Test
  void sharedMemoryOfNoBytesHasNoPageMap() throws Exception {
    dump.memfd(4, 33, 9).area(TestAreas.shared(START, START + PAGE, TestAreas.MEMFD, 4, 0));
    MemfdInode empty = dump.memfds.get(0).toBuilder().setSize(0).build();
    dump.memfds.set(0, empty);

    assertThat(vmaAt(read(), START).kind()).isEqualTo(Vma.Kind.SHARED_MEMORY);
  }

  @Test
  void aPrivateMappingOfDevZeroIsAnonymous() throws Exception {
    dump.regularFile(TestDump.regular("/dev/zero", 0).setMode(0020666).build(), 3);
    dump.area(TestAreas.file(START, START + PAGE, 3, 0));

    Vma vma = vmaAt(read(), START);

    assertThat(vma.kind()).isEqualTo(Vma.Kind.ANONYMOUS);
    assertThat(vma.backing()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "11, a packet socket's ring",
    "13, a ring of asynchronous input and output",
    "17, a page of uprobes",
    "27, memory of a device"
  })
  void kindsThatNoImageCanHaveAreRefused(int bit, String name) {
    dump.area(TestAreas.area(START, START + PAGE, 1 << bit));

    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mm-157.img: vma_entry 2: found " + name);
  }

  @Test
  void aMappingMayEndWhereUserSpaceDoesAndNotBehind() throws Exception {
    long end = read().architecture().userSpaceEndVaddr();
    dump.area(TestAreas.anonymous(end - PAGE, end + PAGE));

    assertThatThrownBy(this::read)
        .hasMessageContaining(
            String.format("acceptable: ascending multiples of 0x1000 up to 0x%x", end));
  }
}
