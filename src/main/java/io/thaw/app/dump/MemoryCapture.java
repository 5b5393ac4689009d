package io.thaw.app.dump;

import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Vma;
import io.thaw.linker.model.linux.MappingDetails;
import io.thaw.linker.model.linux.SharedMemoryDetails;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The memory of a process: its mappings, and which pages have contents that no file has. These are
 * the ones that CRIU dumps ({@code should_dump_page} of {@code criu/mem.c}); they stay where they
 * are, and whoever writes them reads the process.
 */
final class MemoryCapture {

  /**
   * The bit that tells object ids of shared memory from those of files, as the CRIU reader does.
   */
  private static final long SHARED_MEMORY_IDS = 1L << 62;

  /** A larger mapping of which nothing is in memory is not looked through for guard pages. */
  private static final long LARGE_BYTES = 1L << 30;

  private final ProcFiles files;
  private final long pageSizeBytes;
  private final VdsoData vdso;
  private final PageTable table;
  private final Scratch scratch;
  private final MappedFileCopies copies;
  private final DataFile memory;
  private final List<Vma> vmas = new ArrayList<>();
  private final List<PageRun> runs = new ArrayList<>();
  private final List<MappingDetails> details = new ArrayList<>();
  private final Map<String, Integer> sharedMemoryNumbers = new HashMap<>();
  private final Map<Integer, SharedMemoryDetails> sharedMemory = new HashMap<>();

  /**
   * What was found.
   *
   * @param vmas the mappings
   * @param runs pages whose contents are in the process
   * @param details what a mapping has besides
   * @param sharedMemory the shared memory that is mapped
   */
  record Result(
      List<Vma> vmas,
      List<PageRun> runs,
      List<MappingDetails> details,
      List<SharedMemoryDetails> sharedMemory) {}

  private MemoryCapture(
      ProcFiles files,
      long pageSizeBytes,
      VdsoData vdso,
      PageTable table,
      Scratch scratch,
      MappedFileCopies copies) {
    this.files = files;
    this.pageSizeBytes = pageSizeBytes;
    this.vdso = vdso;
    this.table = table;
    this.scratch = scratch;
    this.copies = copies;
    this.memory = new DataFile("memory of " + files.name(), files.path("mem"), 0, Long.MAX_VALUE);
  }

  /**
   * Looks through the mappings.
   *
   * @param mappings as they were before {@code scratch} was mapped
   * @param copies where mapped files are copied to
   */
  static Result capture(
      ProcFiles files,
      long pageSizeBytes,
      VdsoData vdso,
      List<Mapping> mappings,
      Scratch scratch,
      MappedFileCopies copies)
      throws InvalidInputException, IOException {
    try (PageTable table = PageTable.open(files, pageSizeBytes)) {
      MemoryCapture capture = new MemoryCapture(files, pageSizeBytes, vdso, table, scratch, copies);
      for (Mapping mapping : mappings) {
        capture.addParts(mapping);
      }
      return new Result(
          List.copyOf(capture.vmas),
          List.copyOf(capture.runs),
          List.copyOf(capture.details),
          capture.sharedMemory.values().stream().toList());
    }
  }

  /** Zero pages in place of the kernel's may be one mapping with neighbours. */
  private void addParts(Mapping mapping) throws InvalidInputException, IOException {
    long at = mapping.startVaddr();
    while (at < mapping.endVaddr()) {
      long start = at;
      Optional<VdsoData.Range> zeros =
          vdso.zeroPages().stream().filter(range -> range.contains(start)).findFirst();
      long end =
          zeros.isPresent()
              ? Math.min(mapping.endVaddr(), zeros.get().endVaddr())
              : vdso.zeroPages().stream()
                  .mapToLong(VdsoData.Range::startVaddr)
                  .filter(vaddr -> vaddr > start && vaddr < mapping.endVaddr())
                  .min()
                  .orElse(mapping.endVaddr());
      if (zeros.isPresent()) {
        addKernelData(mapping.part(start, end));
      } else if (vdso.movedPages().stream().noneMatch(range -> range.contains(start))) {
        add(mapping, mapping.part(start, end));
      }
      at = end;
    }
  }

  /**
   * The kernel's data for the vDSO. Since Linux 6.13 they are several mappings, which CRIU has as
   * one.
   */
  private void addKernelData(Mapping part) {
    int last = vmas.size() - 1;
    long start = part.startVaddr();
    if (last >= 0 && vmas.get(last).kind() == Vma.Kind.VVAR && vmas.get(last).endVaddr() == start) {
      start = vmas.get(last).startVaddr();
      vmas.remove(last);
      details.remove(details.size() - 1);
    }
    Mapping whole = part.part(start, part.endVaddr());
    vmas.add(vma(whole, Vma.Kind.VVAR, Optional.empty()));
    details.add(MappingFlags.details(whole));
  }

  private void add(Mapping whole, Mapping part) throws InvalidInputException, IOException {
    Vma.Kind kind = MappingKind.of(files, part);
    if (kind == Vma.Kind.VVAR) {
      addKernelData(part);
      return;
    }
    details.add(MappingFlags.details(part));
    Optional<Vma.Backing> backing =
        switch (kind) {
          case FILE -> Optional.of(copies.add(whole, part.offsetBytes()));
          case SHARED_MEMORY -> Optional.of(sharedMemory(part));
          case ANONYMOUS, VDSO, VVAR, GUARD -> Optional.empty();
        };
    if (kind == Vma.Kind.VDSO) {
      vmas.add(vma(part, kind, backing));
      run(part.startVaddr(), part.sizeBytes() / pageSizeBytes, PageRun.Origin.DUMP);
    } else {
      addPages(part, kind, backing);
    }
  }

  private void addPages(Mapping part, Vma.Kind kind, Optional<Vma.Backing> backing)
      throws IOException {
    Pages own = new Pages(pageSizeBytes);
    Pages ofObject = new Pages(pageSizeBytes);
    Pages guards = new Pages(pageSizeBytes);
    if (part.residentBytes() + part.swappedBytes() > 0 || part.sizeBytes() <= LARGE_BYTES) {
      table.forEach(
          part.startVaddr(),
          part.endVaddr(),
          (vaddr, page) -> {
            switch (page) {
              case NONE -> {}
              case GUARD -> guards.add(vaddr);
              case OF_OBJECT -> {
                // Of a private mapping of nothing it is the process's: what MAP_PRIVATE of
                // /dev/zero gives, or pages that the kernel merged.
                if (kind == Vma.Kind.ANONYMOUS) {
                  own.add(vaddr);
                } else {
                  ofObject.add(vaddr);
                }
              }
              case OWN -> own.add(vaddr);
            }
          });
    }
    addVmas(part, kind, backing, guards.runs());
    if (kind != Vma.Kind.SHARED_MEMORY) {
      own.runs().forEach(run -> run(run.vaddr(), run.pageCount(), PageRun.Origin.DUMP));
    } else {
      new SharedMemoryRuns(scratch, pageSizeBytes)
          .find(part, own.runs(), ofObject.runs())
          .forEach((run, origin) -> run(run.vaddr(), run.pageCount(), origin));
    }
  }

  /** A mapping, with its guard pages cut out. */
  private void addVmas(
      Mapping part, Vma.Kind kind, Optional<Vma.Backing> backing, List<Pages.Run> guards) {
    long at = part.startVaddr();
    for (Pages.Run guard : guards) {
      long end = guard.vaddr() + guard.pageCount() * pageSizeBytes;
      addVma(part, kind, backing, at, guard.vaddr());
      vmas.add(
          new Vma(
              guard.vaddr(),
              end,
              Protection.of(0),
              Vma.Kind.GUARD,
              /* shared= */ false,
              /* growsDown= */ false,
              Optional.empty()));
      at = end;
    }
    addVma(part, kind, backing, at, part.endVaddr());
  }

  private void addVma(
      Mapping part, Vma.Kind kind, Optional<Vma.Backing> backing, long start, long end) {
    if (start < end) {
      long shiftBytes = start - part.startVaddr();
      vmas.add(
          vma(
              part.part(start, end),
              kind,
              backing.map(
                  b -> new Vma.Backing(b.name(), b.objectId(), b.offsetBytes() + shiftBytes))));
    }
  }

  private static Vma vma(Mapping part, Vma.Kind kind, Optional<Vma.Backing> backing) {
    return new Vma(
        part.startVaddr(),
        part.endVaddr(),
        part.protection(),
        kind,
        part.shared(),
        part.flags().contains("gd"),
        backing);
  }

  /** What is shared with whom else is not known: one object for each inode. */
  private Vma.Backing sharedMemory(Mapping part) {
    String identity = part.device() + " " + part.inode();
    int number =
        sharedMemoryNumbers.computeIfAbsent(identity, key -> sharedMemoryNumbers.size() + 1);
    long endBytes = part.offsetBytes() + part.sizeBytes();
    sharedMemory.merge(
        number,
        SharedMemoryRuns.details(number, ProcFiles.withoutMark(part.name()), endBytes),
        (known, other) -> known.sizeBytes() >= other.sizeBytes() ? known : other);
    return new Vma.Backing(
        "shared memory " + number, SHARED_MEMORY_IDS | number, part.offsetBytes());
  }

  private void run(long vaddr, long pageCount, PageRun.Origin origin) {
    runs.add(
        new PageRun(
            vaddr,
            pageCount,
            new PageRun.Stored(memory, vaddr, pageCount * pageSizeBytes, origin)));
  }
}
