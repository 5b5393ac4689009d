package io.thaw.linker.criu;

import static io.thaw.linker.criu.MemoryQuestions.AREA;
import static io.thaw.linker.criu.MemoryQuestions.PAGE;
import static io.thaw.linker.criu.MemoryQuestions.filled;
import static io.thaw.linker.criu.MemoryQuestions.find;
import static io.thaw.linker.criu.MemoryQuestions.origins;
import static io.thaw.linker.criu.MemoryQuestions.run;
import static io.thaw.linker.criu.MemoryQuestions.values;
import static io.thaw.linker.criu.MemoryQuestions.vma;
import static io.thaw.linker.criu.MemoryQuestions.withArea;
import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.criu.proto.MappedArea;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checkpoint says of mappings, and of the objects behind them. */
class SyntheticMappingsTest {

  @TempDir Path scratch;

  @Test
  void shared_memory_mapped_twice_is_one_object() throws Exception {
    TestDump dump = TestDump.x86();
    dump.area(shared(AREA, 2, TestAreas.ANON_SHARED, 9, 0));
    dump.area(shared(AREA + 0x100000, 1, TestAreas.ANON_SHARED, 9, PAGE));
    dump.addPages("shmem-9").stored(0, 5, 6);

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    assertThat(values(checkpoint, AREA, 2)).containsExactly(5, 6);
    assertThat(values(checkpoint, AREA + 0x100000, 1)).containsExactly(6);
    Vma.Backing first = vma(checkpoint, AREA).backing().orElseThrow();
    Vma.Backing second = vma(checkpoint, AREA + 0x100000).backing().orElseThrow();
    assertThat(first.objectId()).isEqualTo(second.objectId());
    assertThat(second.offsetBytes()).isEqualTo(PAGE);
    assertThat(vma(checkpoint, AREA).shared()).isTrue();
    assertThat(origins(checkpoint)).contains(PageRun.Origin.SHARED_MEMORY);
  }

  @Test
  void memory_of_a_memfd_mapped_twice_is_one_object() throws Exception {
    TestDump dump = TestDump.x86();
    dump.memfd(4, 33, 9).memfd(5, 34, 10);
    dump.area(shared(AREA, 1, TestAreas.MEMFD, 4, 0));
    dump.area(shared(AREA + 0x100000, 2, TestAreas.MEMFD, 4, 0));
    dump.area(shared(AREA + 0x200000, 1, TestAreas.MEMFD, 5, 0));
    dump.addPages("shmem-9").stored(0, 5).stored(PAGE, 6);
    dump.addPages("shmem-10").stored(0, 7);

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    assertThat(values(checkpoint, AREA, 1)).containsExactly(5);
    assertThat(values(checkpoint, AREA + 0x100000, 2)).containsExactly(5, 6);
    assertThat(values(checkpoint, AREA + 0x200000, 1)).containsExactly(7);
    long object = vma(checkpoint, AREA).backing().orElseThrow().objectId();
    assertThat(vma(checkpoint, AREA + 0x100000).backing().orElseThrow().objectId())
        .isEqualTo(object);
    assertThat(vma(checkpoint, AREA + 0x200000).backing().orElseThrow().objectId())
        .isNotEqualTo(object);
    assertThat(vma(checkpoint, AREA).kind()).isEqualTo(Vma.Kind.SHARED_MEMORY);
  }

  @Test
  void a_file_and_shared_memory_are_never_one_object() throws Exception {
    TestDump dump = TestDump.x86().mappedFile(3, "/opt/lib", filled(PAGE, 1));
    dump.area(TestAreas.file(AREA, AREA + PAGE, 3, 0));
    dump.area(shared(AREA + 0x100000, 1, TestAreas.ANON_SHARED, 0, 0));
    dump.addPages("shmem-0").stored(0, 1);

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    assertThat(vma(checkpoint, AREA).backing().orElseThrow().objectId())
        .isNotEqualTo(vma(checkpoint, AREA + 0x100000).backing().orElseThrow().objectId());
  }

  @Test
  void guard_regions_cut_the_mapping_that_they_lie_over() throws Exception {
    TestDump dump = withArea(8);
    dump.area(TestAreas.guard(AREA + 5 * PAGE, AREA + 6 * PAGE));
    dump.area(TestAreas.guard(AREA, AREA + PAGE));
    dump.area(TestAreas.guard(AREA + 2 * PAGE, AREA + 3 * PAGE));
    dump.memory().stored(AREA, 1, 2, 3, 4, 5, 6, 7, 8);

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    List<Vma> parts =
        checkpoint.addressSpace().vmas().stream()
            .filter(vma -> vma.startVaddr() >= AREA && vma.endVaddr() <= AREA + 8 * PAGE)
            .toList();
    assertThat(parts)
        .extracting(vma -> (vma.startVaddr() - AREA) / PAGE)
        .containsExactly(0L, 1L, 2L, 3L, 5L, 6L);
    assertThat(parts)
        .extracting(Vma::kind)
        .containsExactly(
            Vma.Kind.GUARD,
            Vma.Kind.ANONYMOUS,
            Vma.Kind.GUARD,
            Vma.Kind.ANONYMOUS,
            Vma.Kind.GUARD,
            Vma.Kind.ANONYMOUS);
    assertThat(parts.get(0).protection().bits()).isZero();
    assertThat(values(checkpoint, AREA, 8)).containsExactly(0, 2, 0, 4, 5, 0, 7, 8);
  }

  @Test
  void guard_regions_that_overlap_are_one() throws Exception {
    TestDump dump = withArea(4);
    dump.area(TestAreas.guard(AREA + PAGE, AREA + 3 * PAGE));
    dump.area(TestAreas.guard(AREA, AREA + 2 * PAGE));

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    assertThat(vma(checkpoint, AREA).kind()).isEqualTo(Vma.Kind.GUARD);
    assertThat(vma(checkpoint, AREA).endVaddr()).isEqualTo(AREA + 3 * PAGE);
    assertThat(vma(checkpoint, AREA + 3 * PAGE).kind()).isEqualTo(Vma.Kind.ANONYMOUS);
  }

  @Test
  void a_file_mapping_behind_a_guard_region_keeps_its_offset() throws Exception {
    TestDump dump = TestDump.x86().mappedFile(3, "/opt/lib", filled(PAGE, 1, 2, 3));
    dump.area(TestAreas.file(AREA, AREA + 3 * PAGE, 3, 0));
    dump.area(TestAreas.guard(AREA + PAGE, AREA + 2 * PAGE));

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    assertThat(values(checkpoint, AREA, 3)).containsExactly(1, 0, 3);
    assertThat(vma(checkpoint, AREA + 2 * PAGE).backing().orElseThrow().offsetBytes())
        .isEqualTo(2 * PAGE);
  }

  @Test
  void mappings_in_any_order_come_out_sorted() throws Exception {
    TestDump dump = TestDump.x86();
    dump.area(TestAreas.anonymous(AREA + 4 * PAGE, AREA + 5 * PAGE));
    dump.area(TestAreas.anonymous(AREA, AREA + PAGE));
    dump.area(TestAreas.area(0xffffffffff600000L, 0xffffffffff601000L, TestAreas.VSYSCALL));

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    assertThat(checkpoint.addressSpace().vmas())
        .extracting(Vma::startVaddr)
        .containsExactly(TestDump.CODE, AREA, AREA + 4 * PAGE, TestDump.STACK);
  }

  @Test
  void the_last_page_of_a_mapped_file_is_short_and_none_follows() throws Exception {
    byte[] bytes = Arrays.copyOf(filled(PAGE, 1, 2, 3), 2 * PAGE + 10);
    TestDump dump = TestDump.x86().mappedFile(3, "/opt/lib", bytes);
    dump.area(TestAreas.file(AREA, AREA + 5 * PAGE, 3, 0));
    dump.area(TestAreas.file(AREA + 0x100000, AREA + 0x100000 + PAGE, 3, 3 * PAGE));
    dump.memory().stored(AREA + PAGE, 9);

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    assertThat(values(checkpoint, AREA, 2)).containsExactly(1, 9);
    PageRun last = run(checkpoint, AREA + 2 * PAGE);
    assertThat(last.pageCount()).isEqualTo(1);
    assertThat(((PageRun.Stored) last.content()).sizeBytes()).isEqualTo(10);
    assertThat(find(checkpoint, AREA + 3 * PAGE)).isEmpty();
    assertThat(find(checkpoint, AREA + 0x100000)).isEmpty();
  }

  private static MappedArea shared(
      long start, int pageCount, int status, long object, long offset) {
    return TestAreas.shared(start, start + (long) pageCount * PAGE, status, object, offset);
  }
}
