package io.thaw.linker.criu;

import static io.thaw.linker.criu.MemoryQuestions.AREA;
import static io.thaw.linker.criu.MemoryQuestions.PAGE;
import static io.thaw.linker.criu.MemoryQuestions.origins;
import static io.thaw.linker.criu.MemoryQuestions.run;
import static io.thaw.linker.criu.MemoryQuestions.values;
import static io.thaw.linker.criu.MemoryQuestions.withArea;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.criu.proto.PagemapEntry;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checkpoint says of the pages of dumps written for one question each. */
class SyntheticDumpTest {

  @TempDir Path scratch;

  @Test
  void pages_of_a_chain_of_parents_come_from_the_dump_that_has_them() throws Exception {
    TestDump first = withArea(4);
    first.addPages("157").stored(TestDump.CODE, 1).stored(AREA, 11, 12, 13, 14);
    first.write(scratch.resolve("1"));
    TestDump second = withArea(4);
    second
        .addPages("157")
        .entry(TestDump.CODE, 1, TestPages.PARENT)
        .entry(AREA, 1, TestPages.PARENT)
        .stored(AREA + PAGE, 22)
        .entry(AREA + 2 * PAGE, 2, TestPages.PARENT);
    second.links.put("parent", "../1");
    second.write(scratch.resolve("2"));
    TestDump third = withArea(4);
    third
        .addPages("157")
        .entry(TestDump.CODE, 1, TestPages.PARENT)
        .entry(AREA, 3, TestPages.PARENT)
        .stored(AREA + 3 * PAGE, 34);
    third.links.put("parent", "../2");
    third.write(scratch.resolve("3"));

    Checkpoint checkpoint = TestDump.read(scratch, CriuReader.Options.defaults());

    assertThat(values(checkpoint, AREA, 4)).containsExactly(11, 22, 13, 34);
    assertThat(values(checkpoint, TestDump.CODE, 1)).containsExactly(1);
    assertThat(origins(checkpoint))
        .containsExactly(
            PageRun.Origin.PARENT,
            PageRun.Origin.PARENT,
            PageRun.Origin.PARENT,
            PageRun.Origin.PARENT,
            PageRun.Origin.DUMP);
  }

  @Test
  void lazy_pages_are_missing_unless_they_are_present_too() throws Exception {
    TestDump dump = withArea(3);
    dump.memory()
        .entry(AREA, 2, TestPages.LAZY)
        .entry(AREA + 2 * PAGE, 1, TestPages.LAZY | TestPages.PRESENT)
        .data(7);

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    assertThat(run(checkpoint, AREA).content()).isInstanceOf(PageRun.Missing.class);
    assertThat(run(checkpoint, AREA).pageCount()).isEqualTo(2);
    assertThat(values(checkpoint, AREA + 2 * PAGE, 1)).containsExactly(7);
  }

  @Test
  void page_counts_of_older_and_of_newer_versions_are_understood() throws Exception {
    TestDump dump = withArea(6);
    dump.memory()
        .entry(older(AREA, 2).setFlags(TestPages.PRESENT).build())
        .data(1, 2)
        .entry(older(AREA + 2 * PAGE, 1).build())
        .data(3)
        .stored(AREA + 3 * PAGE, 4, 5, 6);

    assertThat(values(dump.writeAndRead(scratch), AREA, 6)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void pages_in_a_parent_are_told_by_the_older_field_too() throws Exception {
    withArea(0).write(scratch.resolve("1"));
    TestDump second = withArea(0);
    second.addPages("157").entry(older(TestDump.CODE, 1).setInParent(true).build());
    second.links.put("parent", "../1");

    Checkpoint checkpoint = second.writeAndRead(scratch.resolve("2"));

    assertThat(values(checkpoint, TestDump.CODE, 1)).containsExactly(0x90);
    assertThat(origins(checkpoint)).containsExactly(PageRun.Origin.PARENT);
  }

  @Test
  void pages_of_zeros_are_not_stored() throws Exception {
    TestDump dump = withArea(5);
    dump.memory().stored(AREA, 0, 1, 0, 0).entry(AREA + 4 * PAGE, 1, 0);

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    assertThat(run(checkpoint, AREA).content()).isEqualTo(new PageRun.Zero());
    assertThat(run(checkpoint, AREA + PAGE).content()).isInstanceOf(PageRun.Stored.class);
    assertThat(run(checkpoint, AREA + 2 * PAGE))
        .isEqualTo(new PageRun(AREA + 2 * PAGE, 3, new PageRun.Zero()));
  }

  @Test
  void a_page_whose_last_byte_alone_is_not_zero_is_stored() throws Exception {
    TestDump dump = withArea(1);
    dump.memory().entry(AREA, 1, TestPages.PRESENT);
    byte[] page = new byte[2 * PAGE];
    Arrays.fill(page, 0, PAGE, (byte) 0x90);
    page[2 * PAGE - 1] = 1;
    dump.others.put("pages-1.img", page);

    assertThat(run(dump.writeAndRead(scratch), AREA).content()).isInstanceOf(PageRun.Stored.class);
  }

  @Test
  void one_run_of_pages_may_go_over_several_mappings() throws Exception {
    TestDump dump = withArea(2);
    dump.area(TestAreas.anonymous(AREA + 2 * PAGE, AREA + 4 * PAGE));
    dump.memory().stored(AREA + PAGE, 1, 2);

    Checkpoint checkpoint = dump.writeAndRead(scratch);

    assertThat(values(checkpoint, AREA, 4)).containsExactly(0, 1, 2, 0);
    assertThat(run(checkpoint, AREA + 2 * PAGE).pageCount()).isEqualTo(1);
  }

  @Test
  void pages_in_no_entry_have_no_run() throws Exception {
    Checkpoint checkpoint = withArea(2).writeAndRead(scratch);

    assertThat(checkpoint.addressSpace().pages())
        .extracting(PageRun::vaddr)
        .containsExactly(TestDump.CODE);
  }

  @Test
  void the_pid_chooses_a_process_and_a_wrong_one_lists_those_there_are() throws Exception {
    TestDump dump = TestDump.x86();
    dump.processes.add(TestDump.process(158));
    dump.addPages("158").stored(TestDump.CODE, 0x58);
    Path folder = dump.write(scratch);

    assertThat(TestDump.read(folder, pid(158)).identity().pid()).isEqualTo(158);
    assertThat(values(TestDump.read(folder, pid(158)), TestDump.CODE, 1)).containsExactly(0x58);
    assertThat(TestDump.read(folder, CriuReader.Options.defaults()).identity().pid())
        .isEqualTo(157);
    assertThatThrownBy(() -> TestDump.read(folder, pid(159)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("159")
        .hasMessageContaining("157, 158");
  }

  private static CriuReader.Options pid(long pid) {
    return new CriuReader.Options(Optional.empty(), OptionalLong.of(pid));
  }

  private static PagemapEntry.Builder older(long vaddr, int pageCount) {
    return PagemapEntry.newBuilder().setVaddr(vaddr).setCompatPageCount(pageCount);
  }
}
