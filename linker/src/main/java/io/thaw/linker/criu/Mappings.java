package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.MappedArea;
import io.thaw.linker.criu.proto.Mm;
import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Vma;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.ProblemLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the mappings of {@code mm-PID.img} into those of the model. */
final class Mappings {

  /** Bits of {@code status}: {@code criu/include/image.h}. */
  private static final int VSYSCALL = 1 << 2;

  private static final int VDSO = 1 << 3;
  private static final int FILE_PRIVATE = 1 << 6;
  private static final int FILE_SHARED = 1 << 7;
  private static final int ANON_SHARED = 1 << 8;
  private static final int SYSV = 1 << 10;
  private static final int SOCKET = 1 << 11;
  private static final int VVAR = 1 << 12;
  private static final int AIO_RING = 1 << 13;
  private static final int MEMFD = 1 << 14;
  private static final int GUARD = 1 << 16;
  private static final int UPROBES = 1 << 17;

  private static final int MAP_SHARED = 0x1;
  private static final int MAP_GROWSDOWN = 0x100;

  /** Object ids of shared memory begin here; below are files. */
  static final long SHARED_MEMORY_IDS = 1L << 32;

  private static final int S_IFMT = 0170000;
  private static final int S_IFCHR = 0020000;

  private final String file;
  private final long pageSizeBytes;
  private final long endVaddr;
  private final OpenFiles files;
  private final ProblemLog problems = new ProblemLog();
  private final Map<String, Long> objectIdsByPath = new HashMap<>();
  private final Map<Vma, RegularFile> regularFiles = new HashMap<>();

  private Mappings(String file, long pageSizeBytes, long endVaddr, OpenFiles files) {
    this.file = file;
    this.pageSizeBytes = pageSizeBytes;
    this.endVaddr = endVaddr;
    this.files = files;
  }

  /**
   * The mappings of a process.
   *
   * @param vmas sorted, not overlapping
   * @param regularFiles what files.img says of the file behind a mapping
   */
  record Result(List<Vma> vmas, Map<Vma, RegularFile> regularFiles) {

    Result {
      vmas = List.copyOf(vmas);
      regularFiles = Map.copyOf(regularFiles);
    }
  }

  static Result read(String file, Mm mm, long pageSizeBytes, long endVaddr, OpenFiles files)
      throws InvalidInputException {
    return new Mappings(file, pageSizeBytes, endVaddr, files).read(mm);
  }

  private Result read(Mm mm) throws InvalidInputException {
    List<Vma> vmas = new ArrayList<>();
    List<Vma> guards = new ArrayList<>();
    for (int i = 0; i < mm.getVmasCount(); i++) {
      MappedArea area = mm.getVmas(i);
      if ((area.getStatus() & VSYSCALL) != 0) {
        continue; // the kernel's own page, above what programs can map
      }
      if (!checkRange("vma_entry " + i, area)) {
        continue;
      }
      Vma vma = vma("vma_entry " + i, area);
      (vma.kind() == Vma.Kind.GUARD ? guards : vmas).add(vma);
    }
    problems.throwIfAny();
    Comparator<Vma> byStart = Comparator.comparingLong(Vma::startVaddr);
    vmas.sort(byStart);
    guards.sort(byStart);
    checkOverlaps(vmas);
    checkOverlaps(guards);
    problems.throwIfAny();
    return new Result(withGuards(vmas, guards), regularFiles);
  }

  private boolean checkRange(String record, MappedArea area) {
    long start = area.getStart();
    long end = area.getEnd();
    if (start % pageSizeBytes != 0
        || end % pageSizeBytes != 0
        || Long.compareUnsigned(start, end) >= 0
        || Long.compareUnsigned(end, endVaddr) > 0) {
      problems.add(
          file,
          record,
          String.format("0x%x to 0x%x", start, end),
          String.format("a range of multiples of 0x%x below 0x%x", pageSizeBytes, endVaddr));
      return false;
    }
    return true;
  }

  private void checkOverlaps(List<Vma> sorted) {
    for (int i = 1; i < sorted.size(); i++) {
      Vma before = sorted.get(i - 1);
      Vma vma = sorted.get(i);
      if (vma.startVaddr() < before.endVaddr()) {
        problems.add(
            file,
            String.format("vma_entry of 0x%x", vma.startVaddr()),
            String.format(
                "0x%x to 0x%x over 0x%x to 0x%x",
                vma.startVaddr(), vma.endVaddr(), before.startVaddr(), before.endVaddr()),
            "mappings that do not overlap");
      }
    }
  }

  private Vma vma(String record, MappedArea area) {
    int status = area.getStatus();
    for (Unsupported unsupported : Unsupported.values()) {
      if ((status & unsupported.bit) != 0) {
        problems.add(
            file,
            record,
            unsupported.label,
            "anonymous memory, files, shared memory of mmap and memfd");
      }
    }
    if ((status & GUARD) != 0) {
      return plain(area, Vma.Kind.GUARD);
    }
    if ((status & VVAR) != 0) {
      return plain(area, Vma.Kind.VVAR);
    }
    if ((status & VDSO) != 0) {
      return plain(area, Vma.Kind.VDSO);
    }
    if ((status & MEMFD) != 0) {
      Optional<Integer> number = files.sharedMemory(area.getObject());
      if (number.isEmpty()) {
        problems.add(file, record, "memfd of file " + area.getObject(), "one that memfd.img has");
        return plain(area, Vma.Kind.SHARED_MEMORY);
      }
      return backed(
          area,
          Vma.Kind.SHARED_MEMORY,
          "shared memory " + number.get(),
          SHARED_MEMORY_IDS + Integer.toUnsignedLong(number.get()));
    }
    if ((status & ANON_SHARED) != 0) {
      long number = area.getObject();
      return backed(
          area,
          Vma.Kind.SHARED_MEMORY,
          "shared memory " + number,
          SHARED_MEMORY_IDS + (number & 0xffffffffL));
    }
    if ((status & (FILE_PRIVATE | FILE_SHARED)) != 0) {
      return fileVma(record, area);
    }
    return plain(area, Vma.Kind.ANONYMOUS);
  }

  private Vma fileVma(String record, MappedArea area) {
    Optional<RegularFile> regular = files.regular(area.getObject());
    if (regular.isEmpty()) {
      problems.add(file, record, "file " + area.getObject(), "a regular file that files.img has");
      return plain(area, Vma.Kind.FILE);
    }
    String name = regular.get().getName();
    if (name.equals("/dev/zero") && (regular.get().getMode() & S_IFMT) == S_IFCHR) {
      return plain(area, Vma.Kind.ANONYMOUS);
    }
    if (area.getOffset() < 0 || area.getOffset() % pageSizeBytes != 0) {
      problems.add(
          file,
          record,
          "file offset " + Long.toUnsignedString(area.getOffset()),
          "a multiple of the page size");
    }
    long objectId = objectIdsByPath.computeIfAbsent(name, path -> (long) objectIdsByPath.size());
    Vma vma = backed(area, Vma.Kind.FILE, name, objectId);
    regularFiles.put(vma, regular.get());
    return vma;
  }

  private static Vma plain(MappedArea area, Vma.Kind kind) {
    return make(area, kind, Optional.empty());
  }

  private static Vma backed(MappedArea area, Vma.Kind kind, String name, long objectId) {
    return make(area, kind, Optional.of(new Vma.Backing(name, objectId, area.getOffset())));
  }

  private static Vma make(MappedArea area, Vma.Kind kind, Optional<Vma.Backing> backing) {
    return new Vma(
        area.getStart(),
        area.getEnd(),
        kind == Vma.Kind.GUARD ? Protection.of(0) : Protection.of(area.getProtection()),
        kind,
        (area.getFlags() & MAP_SHARED) != 0,
        (area.getFlags() & MAP_GROWSDOWN) != 0,
        backing);
  }

  /** Cuts guard regions, which lie over other mappings, out of these. */
  private List<Vma> withGuards(List<Vma> vmas, List<Vma> guards) {
    List<Vma> result = new ArrayList<>(guards);
    int first = 0;
    for (Vma vma : vmas) {
      long at = vma.startVaddr();
      while (first < guards.size() && guards.get(first).endVaddr() <= at) {
        first++;
      }
      for (int i = first; i < guards.size() && guards.get(i).startVaddr() < vma.endVaddr(); i++) {
        addPart(result, vma, at, Math.max(at, guards.get(i).startVaddr()));
        at = Math.max(at, guards.get(i).endVaddr());
      }
      addPart(result, vma, at, vma.endVaddr());
    }
    result.sort(Comparator.comparingLong(Vma::startVaddr));
    return result;
  }

  private void addPart(List<Vma> result, Vma vma, long start, long end) {
    if (start >= end) {
      return;
    }
    Vma part =
        new Vma(
            start,
            end,
            vma.protection(),
            vma.kind(),
            vma.shared(),
            vma.growsDown(),
            vma.backing()
                .map(
                    backing ->
                        new Vma.Backing(
                            backing.name(),
                            backing.objectId(),
                            backing.offsetBytes() + (start - vma.startVaddr()))));
    result.add(part);
    RegularFile regular = regularFiles.get(vma);
    if (regular != null) {
      regularFiles.put(part, regular);
    }
  }

  /** Kinds of mappings that are refused. */
  private enum Unsupported {
    SYSTEM_V(SYSV, "System V shared memory"),
    PACKET_SOCKET(SOCKET, "a packet socket's ring"),
    ASYNCHRONOUS_IO(AIO_RING, "a ring of asynchronous input and output"),
    PROBES(UPROBES, "a page of uprobes");

    private final int bit;
    private final String label;

    Unsupported(int bit, String label) {
      this.bit = bit;
      this.label = label;
    }
  }
}
