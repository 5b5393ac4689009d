package io.thaw.tests;

import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Auxv;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Clocks;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.Descriptor;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.ProcessIdentity;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Registers;
import io.thaw.linker.model.SignalState;
import io.thaw.linker.model.ThreadState;
import io.thaw.linker.model.Vma;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a checkpoint of a small test program, without a dump. */
final class SyntheticCheckpoint {

  /** Where the programs of {@code tests/programs} are linked to run. */
  static final long PROGRAM_VADDR = 0x400000;

  /** Writable memory for the stack, 64 KiB; Sv39 of riscv64 reaches so far. */
  static final long STACK_VADDR = 0x3f00000000L;

  static final long STACK_SIZE_BYTES = 64 << 10;

  private static final long PAGE_SIZE_BYTES = 4096;
  private static final long O_WRONLY = 1;

  private final Architecture architecture;
  private final Registers registers;
  private final List<Vma> vmas = new ArrayList<>();
  private final List<PageRun> pages = new ArrayList<>();
  private Map<Long, Long> auxv = Map.of();

  SyntheticCheckpoint(Architecture architecture, String program, Registers registers)
      throws IOException {
    this.architecture = architecture;
    this.registers = registers;
    Path binary =
        Path.of("..", "restorer-stubs", "target", "test-programs")
            .resolve(
                architecture.name().toLowerCase(java.util.Locale.ROOT) + "-" + program + ".bin");
    long sizeBytes = Files.size(binary);
    long pageCount = (sizeBytes + PAGE_SIZE_BYTES - 1) / PAGE_SIZE_BYTES;
    vma(PROGRAM_VADDR, pageCount * PAGE_SIZE_BYTES, 7);
    DataFile file = new DataFile(program, binary, 0, sizeBytes);
    pages.add(
        new PageRun(
            PROGRAM_VADDR, pageCount, new PageRun.Stored(file, 0, sizeBytes, PageRun.Origin.DUMP)));
    vma(STACK_VADDR, STACK_SIZE_BYTES, 3);
  }

  /** Adds anonymous memory with the rights of mmap. */
  SyntheticCheckpoint vma(long vaddr, long sizeBytes, int protection) {
    vmas.add(
        new Vma(
            vaddr,
            vaddr + sizeBytes,
            Protection.of(protection),
            Vma.Kind.ANONYMOUS,
            /* shared= */ false,
            /* growsDown= */ false,
            Optional.empty()));
    return this;
  }

  /** Fills pages from a file that lives as long as the checkpoint. */
  SyntheticCheckpoint pages(long vaddr, Path file) throws IOException {
    long sizeBytes = Files.size(file);
    pages.add(
        new PageRun(
            vaddr,
            (sizeBytes + PAGE_SIZE_BYTES - 1) / PAGE_SIZE_BYTES,
            new PageRun.Stored(
                new DataFile("pages", file, 0, sizeBytes), 0, sizeBytes, PageRun.Origin.DUMP)));
    return this;
  }

  SyntheticCheckpoint auxv(long type, long value) {
    auxv = Map.of(type, value);
    return this;
  }

  Checkpoint build() {
    vmas.sort(Comparator.comparingLong(Vma::startVaddr));
    pages.sort(Comparator.comparingLong(PageRun::vaddr));
    return new Checkpoint(
        "synthetic",
        architecture,
        PAGE_SIZE_BYTES,
        new ProcessIdentity("synthetic", 7, 1, 7, 7, 0, 0, 0, 0),
        List.of(new ThreadState(7, registers)),
        new AddressSpace(vmas, pages, 0x1000000, 0x1000000, STACK_VADDR, 8 << 20),
        List.of(new Descriptor(1, Descriptor.Kind.REGULAR, 1, "/out.txt", O_WRONLY, 0, 0, 0100644)),
        new SignalState(
            List.of(), 0, new SignalState.AlternateStack(0, 0, 2), List.of(), List.of()),
        new Clocks(0, 0),
        new Auxv(auxv));
  }
}
