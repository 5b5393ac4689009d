package io.thaw.linker.criu;

import io.thaw.linker.criu.MappedObject.SharedMemory;
import io.thaw.linker.criu.proto.MappedArea;
import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.model.Architecture;
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

  private static final int MAP_SHARED = 0x1;
  private static final int MAP_GROWSDOWN = 0x100;

  /** The bit that tells object ids of shared memory from those of files. */
  private static final long SHARED_MEMORY_IDS = 1L << 62;

  private static final int S_IFMT = 0170000;
  private static final int S_IFCHR = 0020000;

  private final String file;
  private final long pageSizeBytes;
  private final long endVaddr;
  private final OpenFiles files;
  private final ProblemLog problems = new ProblemLog();
  private final Map<String, Long> objectIdsByPath = new HashMap<>();

  private Mappings(String file, long pageSizeBytes, long endVaddr, OpenFiles files) {
    this.file = file;
    this.pageSizeBytes = pageSizeBytes;
    this.endVaddr = endVaddr;
    this.files = files;
  }

  /**
   * The mappings of a process.
   *
   * @param objects sorted by address, not overlapping
   */
  record Result(List<MappedObject> objects) {

    Result {
      objects = List.copyOf(objects);
    }

    List<Vma> vmas() {
      return objects.stream().map(MappedObject::vma).toList();
    }
  }

  /** Reads the mappings; all that is wrong with them is reported at once. */
  static Result read(MemoryImage memory, Architecture architecture, OpenFiles files)
      throws InvalidInputException {
    return new Mappings(
            memory.file(), memory.pageSizeBytes(), architecture.userSpaceEndVaddr(), files)
        .read(memory.mm().getVmasList());
  }

  private Result read(List<MappedArea> areas) throws InvalidInputException {
    List<MappedObject> objects = new ArrayList<>();
    List<Vma> guards = new ArrayList<>();
    for (int i = 0; i < areas.size(); i++) {
      MappedArea area = areas.get(i);
      String record = "vma_entry " + i;
      VmaStatus status = new VmaStatus(area.getStatus());
      if (status.isVsyscall() || !checkRange(record, area)) {
        continue;
      }
      if (status.isGuard()) {
        guards.add(GuardRegions.guard(area.getStart(), area.getEnd()));
      } else {
        objects.add(object(record, area, status));
      }
    }
    objects.sort(Comparator.comparingLong(object -> object.vma().startVaddr()));
    checkOverlaps(objects);
    problems.throwIfAny();
    return new Result(GuardRegions.cutOut(objects, guards));
  }

  private boolean checkRange(String record, MappedArea area) {
    long start = area.getStart();
    long end = area.getEnd();
    if (Long.remainderUnsigned(start, pageSizeBytes) != 0
        || Long.remainderUnsigned(end, pageSizeBytes) != 0
        || Long.compareUnsigned(start, end) >= 0
        || Long.compareUnsigned(end, endVaddr) > 0) {
      problems.add(
          file,
          record,
          String.format("0x%x to 0x%x", start, end),
          String.format("ascending multiples of 0x%x up to 0x%x", pageSizeBytes, endVaddr));
      return false;
    }
    return true;
  }

  private void checkOverlaps(List<MappedObject> sorted) {
    for (int i = 1; i < sorted.size(); i++) {
      Vma before = sorted.get(i - 1).vma();
      Vma vma = sorted.get(i).vma();
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

  private MappedObject object(String record, MappedArea area, VmaStatus status) {
    status
        .unsupported()
        .ifPresent(
            found ->
                problems.add(
                    file, record, found, "anonymous memory, regular files, shared memory"));
    if (status.isVvar()) {
      return MappedObject.without(vma(area, Vma.Kind.VVAR, Optional.empty()));
    }
    if (status.isVdso()) {
      return MappedObject.without(vma(area, Vma.Kind.VDSO, Optional.empty()));
    }
    if (status.isMemfd()) {
      return memfd(record, area);
    }
    if (status.isNumberedSharedMemory()) {
      return sharedMemory(record, area, new SharedMemory(area.getObject(), /* isEmpty= */ false));
    }
    if (status.isFile()) {
      return file(record, area);
    }
    return MappedObject.without(vma(area, Vma.Kind.ANONYMOUS, Optional.empty()));
  }

  private MappedObject memfd(String record, MappedArea area) {
    Optional<SharedMemory> memory = files.sharedMemory(area.getObject());
    if (memory.isPresent()) {
      return sharedMemory(record, area, memory.get());
    }
    problems.add(
        file,
        record,
        "a mapping of file " + Long.toUnsignedString(area.getObject()),
        "a memfd that files.img and memfd.img have");
    return MappedObject.without(vma(area, Vma.Kind.SHARED_MEMORY, Optional.empty()));
  }

  private MappedObject sharedMemory(String record, MappedArea area, SharedMemory memory) {
    checkOffset(record, area);
    if (memory.number() < 0 || memory.number() >= SHARED_MEMORY_IDS) {
      problems.add(
          file, record, "shmid " + Long.toUnsignedString(memory.number()), "at most 62 bits");
    }
    Vma.Backing backing =
        new Vma.Backing(
            "shared memory " + memory.number(),
            SHARED_MEMORY_IDS | memory.number(),
            area.getOffset());
    return new MappedObject(
        vma(area, Vma.Kind.SHARED_MEMORY, Optional.of(backing)),
        Optional.empty(),
        Optional.of(memory));
  }

  private MappedObject file(String record, MappedArea area) {
    Optional<RegularFile> regular = files.regular(area.getObject());
    if (regular.isEmpty()) {
      problems.add(
          file,
          record,
          "a mapping of file " + Long.toUnsignedString(area.getObject()),
          "a regular file that files.img has");
      return MappedObject.without(vma(area, Vma.Kind.FILE, Optional.empty()));
    }
    String name = regular.get().getName();
    if (name.equals("/dev/zero") && (regular.get().getMode() & S_IFMT) == S_IFCHR) {
      return MappedObject.without(vma(area, Vma.Kind.ANONYMOUS, Optional.empty()));
    }
    checkOffset(record, area);
    long objectId = objectIdsByPath.computeIfAbsent(name, path -> (long) objectIdsByPath.size());
    Vma.Backing backing = new Vma.Backing(name, objectId, area.getOffset());
    return new MappedObject(
        vma(area, Vma.Kind.FILE, Optional.of(backing)), regular, Optional.empty());
  }

  private void checkOffset(String record, MappedArea area) {
    long offset = area.getOffset();
    if (offset < 0
        || offset % pageSizeBytes != 0
        || offset > Long.MAX_VALUE - (area.getEnd() - area.getStart())) {
      problems.add(
          file,
          record,
          "pgoff " + Long.toUnsignedString(offset),
          "a multiple of " + pageSizeBytes + " within 63 bits");
    }
  }

  private static Vma vma(MappedArea area, Vma.Kind kind, Optional<Vma.Backing> backing) {
    return new Vma(
        area.getStart(),
        area.getEnd(),
        Protection.of(area.getProtection()),
        kind,
        (area.getFlags() & MAP_SHARED) != 0,
        (area.getFlags() & MAP_GROWSDOWN) != 0,
        backing);
  }
}
