package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.criu.write.CriuWriter;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.Descriptor;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Vma;
import io.thaw.linker.model.linux.DescriptorDetails;
import io.thaw.linker.model.linux.SharedMemoryDetails;
import io.thaw.linker.model.linux.TaskDetails;
import io.thaw.linker.model.linux.TerminalDetails;
import io.thaw.linker.model.linux.Timers;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms that the real dumps do not have: written, accepted by CRIU's library, and read back. */
class WrittenFormsTest {

  private static final String NAME = "x86-64-static";
  private static final int PAGE = 4096;
  private static final long AREA = 0x10_0000_0000L;
  private static final long SHARED_MEMORY_IDS = 1L << 62;

  @TempDir Path scratch;
  private FileTree tree;
  private Checkpoint base;

  @BeforeEach
  void readBase() throws Exception {
    tree = FileTree.open(Fixtures.packed(NAME));
    base = CriuReader.read(tree, CriuReader.Options.defaults());
    Fixtures.unpack(tree, NAME + "/sysroot", scratch.resolve("sysroot"));
  }

  @AfterEach
  void closeTree() throws Exception {
    tree.close();
  }

  private Checkpoint writeAndRead(Checkpoint checkpoint) throws Exception {
    CriuWriter.write(checkpoint, scratch.resolve("img"));
    try (FileTree written = FileTree.open(scratch)) {
      return CriuReader.read(written, CriuReader.Options.defaults());
    }
  }

  @Test
  void descriptors_of_every_kind_come_back() throws Exception {
    List<Descriptor> descriptors =
        List.of(
            new Descriptor(0, Descriptor.Kind.TERMINAL, 9, "terminal", 2, 0, 0, 0020620),
            new Descriptor(1, Descriptor.Kind.TERMINAL, 9, "terminal", 2, 0, 0, 0020620),
            new Descriptor(3, Descriptor.Kind.PIPE, 4, "pipe", 0, 0, 0, 0010600),
            new Descriptor(4, Descriptor.Kind.PIPE, 5, "pipe", 1, 0, 0, 0010600),
            new Descriptor(5, Descriptor.Kind.PIPE, 6, "/run/fifo", 2, 0, 0, 0010600),
            new Descriptor(6, Descriptor.Kind.SOCKET, 7, "socket", 2, 0, 0, 0140777),
            new Descriptor(7, Descriptor.Kind.OTHER, 1, "/dev/null", 1, 0, 0, 0020666),
            new Descriptor(8, Descriptor.Kind.REGULAR, 2, "/run/out", 1, 70, 80, 0100644));
    List<DescriptorDetails> details =
        List.of(
            new DescriptorDetails(0, false, 0),
            new DescriptorDetails(1, true, 0),
            new DescriptorDetails(3, false, 77),
            new DescriptorDetails(4, false, 77),
            new DescriptorDetails(5, true, 78),
            new DescriptorDetails(6, false, 0),
            new DescriptorDetails(7, false, 0),
            new DescriptorDetails(8, false, 0));
    List<TerminalDetails> terminals = List.of(terminal());

    Checkpoint again = writeAndRead(Changed.descriptors(base, descriptors, details, terminals));

    assertThat(again.descriptors()).isEqualTo(descriptors);
    assertThat(again.details().orElseThrow().descriptors()).isEqualTo(details);
    assertThat(again.details().orElseThrow().terminals()).isEqualTo(terminals);
    assertThat(CriuLibrary.check(scratch.resolve("img")))
        .contains("tty-info.img: as CRIU has it", "files.img: as CRIU has it");
  }

  private static TerminalDetails terminal() {
    TerminalDetails.Modes modes =
        new TerminalDetails.Modes(0x500, 5, 0xbf, 0x8a3b, 0, 15, 15, Collections.nCopies(19, 3));
    return new TerminalDetails(
        9,
        new TerminalDetails.DeviceFile("/dev/pts/4", 0020620, 0x8804, 0x17, 1000, 5),
        /* isPseudo= */ true,
        4,
        /* exclusive= */ false,
        157,
        157,
        Optional.of(new TerminalDetails.Settings(modes, modes, 24, 80, 0, 0)));
  }

  @Test
  void a_descriptor_that_only_a_plug_in_could_put_back_stays_one_of_another_kind()
      throws Exception {
    Checkpoint again =
        writeAndRead(
            Changed.descriptors(
                base,
                List.of(
                    new Descriptor(
                        3, Descriptor.Kind.OTHER, 1, "anon_inode:[eventfd]", 2, 0, 0, 0600)),
                List.of(),
                List.of()));

    assertThat(again.descriptors()).hasSize(1);
    assertThat(again.descriptors().get(0).kind()).isEqualTo(Descriptor.Kind.OTHER);
    assertThat(CriuLibrary.check(scratch.resolve("img"))).contains("files.img: as CRIU has it");
  }

  @Test
  void shared_memory_is_written_once_however_often_it_is_mapped() throws Exception {
    Path bytes = scratch.resolve("bytes");
    Files.write(bytes, MemoryQuestions.filled(PAGE, 1, 2, 3, 9));
    // Pages 1 to 3 of the object, pages 2 to 4, and a private mapping with a page of its own.
    List<Vma> vmas =
        List.of(
            shared(AREA, 3, 1, /* shared= */ true),
            shared(AREA + 0x10000, 3, 2, /* shared= */ true),
            shared(AREA + 0x20000, 3, 1, /* shared= */ false));
    List<PageRun> runs =
        List.of(
            stored(AREA, 3, bytes, 0, PageRun.Origin.SHARED_MEMORY),
            stored(AREA + 0x10000, 2, bytes, 1, PageRun.Origin.SHARED_MEMORY),
            stored(AREA + 0x20000, 1, bytes, 0, PageRun.Origin.SHARED_MEMORY),
            stored(AREA + 0x20000 + PAGE, 1, bytes, 3, PageRun.Origin.DUMP),
            stored(AREA + 0x20000 + 2 * PAGE, 1, bytes, 2, PageRun.Origin.SHARED_MEMORY));
    List<SharedMemoryDetails> shared =
        List.of(new SharedMemoryDetails(5, "mine", 9 * PAGE, 1, 2, 4));

    Checkpoint again = writeAndRead(Changed.memory(base, vmas, runs, shared));

    assertThat(MemoryQuestions.values(again, AREA, 3)).containsExactly(1, 2, 3);
    assertThat(MemoryQuestions.values(again, AREA + 0x10000, 3)).containsExactly(2, 3, 0);
    assertThat(MemoryQuestions.values(again, AREA + 0x20000, 3)).containsExactly(1, 9, 3);
    assertThat(again.addressSpace().vmas()).containsAll(vmas);
    assertThat(again.details().orElseThrow().sharedMemory()).isEqualTo(shared);
    assertThat(Files.size(scratch.resolve("img/pages-2.img"))).isEqualTo(3 * PAGE);
    assertThat(CriuLibrary.check(scratch.resolve("img")))
        .contains("memfd.img: as CRIU has it", "pagemap-shmem-5.img: as CRIU has it");
  }

  private static Vma shared(long start, int pageCount, int firstPage, boolean shared) {
    return new Vma(
        start,
        start + (long) pageCount * PAGE,
        Protection.of(3),
        Vma.Kind.SHARED_MEMORY,
        shared,
        /* growsDown= */ false,
        Optional.of(
            new Vma.Backing("shared memory 5", SHARED_MEMORY_IDS | 5, (long) firstPage * PAGE)));
  }

  private static PageRun stored(
      long vaddr, int pageCount, Path file, int filePage, PageRun.Origin origin) throws Exception {
    return new PageRun(
        vaddr,
        pageCount,
        new PageRun.Stored(
            new DataFile("bytes", file, 0, Files.size(file)),
            (long) filePage * PAGE,
            (long) pageCount * PAGE,
            origin));
  }

  @Test
  void guard_regions_and_pages_of_zeros_come_back() throws Exception {
    Vma guard = GuardRegions.guard(AREA, AREA + 2 * PAGE);
    Vma zeros = anonymous(AREA + 2 * PAGE, 3);
    PageRun run = new PageRun(AREA + 3 * PAGE, 2, new PageRun.Zero());

    Checkpoint again =
        writeAndRead(Changed.memory(base, List.of(guard, zeros), List.of(run), List.of()));

    assertThat(again.addressSpace().vmas()).contains(guard, zeros);
    assertThat(again.addressSpace().pages()).contains(run);
  }

  private static Vma anonymous(long start, int pageCount) {
    return new Vma(
        start,
        start + (long) pageCount * PAGE,
        Protection.of(3),
        Vma.Kind.ANONYMOUS,
        /* shared= */ false,
        /* growsDown= */ false,
        Optional.empty());
  }

  @Test
  void timers_and_pending_signals_come_back() throws Exception {
    TaskDetails old = base.details().orElseThrow().task();
    byte[] information = new byte[128];
    information[0] = 37;
    information[24] = 103;
    TaskDetails task =
        new TaskDetails(
            old.exitCode(),
            old.personality(),
            old.flags(),
            old.loginUid(),
            -500,
            /* adoptsOrphans= */ true,
            old.dumpable(),
            /* hugePagesDisabled= */ true,
            old.limits(),
            new Timers(
                new Timers.Interval(1, 2, 3, 4),
                Timers.Interval.OFF,
                new Timers.Interval(0, 5, 0, 6),
                List.of(new Timers.Posix(7, 1, 37, 4, 99, 3, 1, 2, 3, 4, 157))),
            List.of(ByteBlock.copyOf(information)));

    Checkpoint again = writeAndRead(Changed.task(base, task));

    assertThat(again.details().orElseThrow().task()).isEqualTo(task);
    assertThat(again.signals().pendingSignals()).containsExactly(37);
    assertThat(again.signals().armedTimers())
        .containsExactly(
            "interval timer ITIMER_REAL", "interval timer ITIMER_PROF", "POSIX timer 7");
    assertThat(CriuLibrary.check(scratch.resolve("img"))).contains("core-157.img: as CRIU has it");
  }

  @Test
  void a_checkpoint_without_what_linux_needs_is_refused() {
    assertThatThrownBy(
            () -> CriuWriter.write(Changed.details(base, Optional.empty()), scratch.resolve("img")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("without what Linux keeps of a process");
    assertThat(scratch.resolve("img")).doesNotExist();
  }

  @Test
  void pages_without_contents_are_refused_and_leave_no_dump() {
    PageRun missing = new PageRun(AREA, 1, new PageRun.Missing("left to a server"));
    Checkpoint lazy =
        Changed.memory(base, List.of(anonymous(AREA, 1)), List.of(missing), List.of());

    assertThatThrownBy(() -> CriuWriter.write(lazy, scratch.resolve("img")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("page 0x1000000000")
        .hasMessageContaining("left to a server");
    assertThat(scratch.resolve("img/inventory.img")).doesNotExist();
  }

  @Test
  void a_source_that_ends_early_is_an_error_that_names_the_place() throws Exception {
    Path bytes = scratch.resolve("bytes");
    Files.write(bytes, new byte[PAGE / 2]);
    Checkpoint cut =
        Changed.memory(
            base,
            List.of(anonymous(AREA, 1)),
            List.of(stored(AREA, 1, bytes, 0, PageRun.Origin.DUMP)),
            List.of());

    assertThatThrownBy(() -> CriuWriter.write(cut, scratch.resolve("img")))
        .hasMessage("bytes: cannot be read at 0x800");
  }
}
