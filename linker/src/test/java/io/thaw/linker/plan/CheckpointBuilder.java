package io.thaw.linker.plan;

import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Auxv;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Clocks;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.ProcessIdentity;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Registers;
import io.thaw.linker.model.Riscv64Registers;
import io.thaw.linker.model.SignalState;
import io.thaw.linker.model.ThreadState;
import io.thaw.linker.model.Vma;
import io.thaw.linker.model.X86ExtendedState;
import io.thaw.linker.model.X86Registers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes checkpoints for tests of this module, piece by piece. */
public final class CheckpointBuilder {

  private final Architecture architecture;
  private final List<Vma> vmas = new ArrayList<>();
  private final List<PageRun> pages = new ArrayList<>();
  private final List<Integer> pendingSignals = new ArrayList<>();
  private final List<String> armedTimers = new ArrayList<>();
  private Registers registers;
  private long pageSizeBytes = 4096;
  private int threadCount = 1;
  private Map<Long, Long> auxv = Map.of();

  private CheckpointBuilder(Architecture architecture) {
    this.architecture = architecture;
    this.registers =
        switch (architecture) {
          case X86_64 -> x86Registers(X86ExtendedState.none());
          case AARCH64 -> aarch64Registers();
          case RISCV64 -> riscv64Registers();
        };
  }

  /** A program of one page at 0x400000. */
  public static CheckpointBuilder on(Architecture architecture) {
    return new CheckpointBuilder(architecture)
        .anonymous(0x400000, 0x401000)
        .stored(0x400000, 1, 4096);
  }

  public CheckpointBuilder anonymous(long start, long end) {
    return vma(start, end, 3, Vma.Kind.ANONYMOUS, false, Optional.empty());
  }

  public CheckpointBuilder vma(
      long start,
      long end,
      int protection,
      Vma.Kind kind,
      boolean shared,
      Optional<Vma.Backing> backing) {
    vmas.add(new Vma(start, end, Protection.of(protection), kind, shared, false, backing));
    return this;
  }

  /** Bytes of a file that is not there: plans do not read it. */
  public CheckpointBuilder stored(long vaddr, long pageCount, long sizeBytes) {
    return content(
        vaddr,
        pageCount,
        new PageRun.Stored(
            new DataFile("pages-1.img", Path.of("pages-1.img"), 0, 1L << 40),
            vaddr & 0xffffffffL,
            sizeBytes,
            PageRun.Origin.DUMP));
  }

  public CheckpointBuilder content(long vaddr, long pageCount, PageRun.Content content) {
    pages.add(new PageRun(vaddr, pageCount, content));
    return this;
  }

  public CheckpointBuilder registers(Registers value) {
    registers = value;
    return this;
  }

  public CheckpointBuilder threads(int count) {
    threadCount = count;
    return this;
  }

  public CheckpointBuilder pageSize(long sizeBytes) {
    pageSizeBytes = sizeBytes;
    return this;
  }

  public CheckpointBuilder auxv(long type, long value) {
    auxv = Map.of(type, value);
    return this;
  }

  public CheckpointBuilder pendingSignal(int signal) {
    pendingSignals.add(signal);
    return this;
  }

  public CheckpointBuilder armedTimer(String timer) {
    armedTimers.add(timer);
    return this;
  }

  public Checkpoint build() {
    vmas.sort(Comparator.comparingLong(Vma::startVaddr));
    pages.sort(Comparator.comparingLong(PageRun::vaddr));
    return new Checkpoint(
        "test-dump",
        architecture,
        pageSizeBytes,
        new ProcessIdentity("test", 7, 1, 7, 7, 0, 0, 0, 0),
        Collections.nCopies(threadCount, new ThreadState(7, registers)),
        new AddressSpace(vmas, pages, 0x500000, 0x500000, 0x7ffe00000000L, 8 << 20),
        List.of(),
        new SignalState(
            List.of(), 0, new SignalState.AlternateStack(0, 0, 2), pendingSignals, armedTimers),
        new Clocks(0, 0),
        new Auxv(auxv));
  }

  public static X86Registers x86Registers(X86ExtendedState extended) {
    return new X86Registers(
        Collections.nCopies(16, 0L), 0x400000, 2, 0, 0, ByteBlock.zeros(512), extended);
  }

  private static Riscv64Registers riscv64Registers() {
    return new Riscv64Registers(
        Collections.nCopies(31, 0L), 0x400000, Collections.nCopies(32, 0L), 0);
  }

  private static Aarch64Registers aarch64Registers() {
    return new Aarch64Registers(
        Collections.nCopies(31, 0L),
        0x401000,
        0x400000,
        0,
        0,
        ByteBlock.zeros(512),
        0,
        0,
        Optional.empty());
  }
}
