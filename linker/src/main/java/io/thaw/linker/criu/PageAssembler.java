package io.thaw.linker.criu;

import io.thaw.linker.criu.PageMap.Extent;
import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts together what is in memory: the dump's page first, then shared memory's or the file's. Pages
 * that none of them has are left out: zero if anonymous, beyond the end of the file otherwise.
 */
final class PageAssembler {

  private final String file;
  private final DumpFolder folder;
  private final long pageSize;
  private final Mappings.Result mappings;
  private final PageMap process;
  private final Sysroot sysroot;
  private final PageRuns runs;
  private final Map<Long, PageMap> sharedMemory = new HashMap<>();
  private int nextExtent;

  private PageAssembler(
      String file,
      DumpFolder folder,
      long pageSize,
      Mappings.Result mappings,
      PageMap process,
      Sysroot sysroot,
      PageRuns runs) {
    this.file = file;
    this.folder = folder;
    this.pageSize = pageSize;
    this.mappings = mappings;
    this.process = process;
    this.sysroot = sysroot;
    this.runs = runs;
  }

  /**
   * The contents of a process's memory.
   *
   * @param file name of the page map, for messages
   */
  static List<PageRun> assemble(
      String file,
      DumpFolder folder,
      long pageSize,
      Mappings.Result mappings,
      PageMap process,
      Sysroot sysroot)
      throws InvalidInputException, IOException {
    try (PageRuns runs = new PageRuns(pageSize)) {
      new PageAssembler(file, folder, pageSize, mappings, process, sysroot, runs).assemble();
      sysroot.throwIfAnyProblem();
      return runs.toList();
    }
  }

  private void assemble() throws InvalidInputException, IOException {
    for (Vma vma : mappings.vmas()) {
      assemble(vma);
    }
    if (nextExtent < process.extents().size()) {
      throw outside(process.extents().get(nextExtent).vaddr());
    }
  }

  private void assemble(Vma vma) throws InvalidInputException, IOException {
    long at = vma.startVaddr();
    while (nextExtent < process.extents().size()) {
      Extent extent = process.extents().get(nextExtent);
      long end = extent.endVaddr(pageSize);
      if (end <= at) {
        nextExtent++;
        continue;
      }
      if (extent.vaddr() >= vma.endVaddr()) {
        break;
      }
      if (extent.vaddr() < at && isUncovered(extent.vaddr(), vma)) {
        throw outside(extent.vaddr());
      }
      long start = Math.max(at, extent.vaddr());
      fill(vma, at, start);
      long stop = Math.min(end, vma.endVaddr());
      if (vma.kind() != Vma.Kind.VVAR && vma.kind() != Vma.Kind.GUARD) {
        runs.add(vma, extent.part(start, (stop - start) / pageSize, pageSize), start);
      }
      at = stop;
      if (end > vma.endVaddr()) {
        break;
      }
      nextExtent++;
    }
    fill(vma, at, vma.endVaddr());
  }

  /** An extent may begin in an earlier mapping, if that one ends where this one begins. */
  private boolean isUncovered(long extentVaddr, Vma vma) {
    int index = mappings.vmas().indexOf(vma);
    long start = vma.startVaddr();
    while (index > 0 && mappings.vmas().get(index - 1).endVaddr() == start) {
      start = mappings.vmas().get(--index).startVaddr();
      if (start <= extentVaddr) {
        return false;
      }
    }
    return true;
  }

  /** Pages that the page map of the process does not have. */
  private void fill(Vma vma, long start, long end) throws InvalidInputException, IOException {
    if (start >= end) {
      return;
    }
    if (vma.kind() == Vma.Kind.SHARED_MEMORY) {
      fillFromSharedMemory(vma, start, end);
    } else if (vma.kind() == Vma.Kind.FILE && vma.protection().bits() != 0) {
      fillFromFile(vma, start, end);
    }
  }

  private void fillFromSharedMemory(Vma vma, long start, long end)
      throws InvalidInputException, IOException {
    Vma.Backing backing = vma.backing().orElseThrow();
    long shift = vma.startVaddr() - backing.offsetBytes();
    PageMap pages = sharedMemory(backing.objectId());
    for (Extent extent : pages.extents()) {
      long from = Math.max(start, extent.vaddr() + shift);
      long to = Math.min(end, extent.endVaddr(pageSize) + shift);
      if (from < to) {
        runs.add(vma, extent.part(from - shift, (to - from) / pageSize, pageSize), from);
      }
    }
  }

  private PageMap sharedMemory(long objectId) throws InvalidInputException, IOException {
    PageMap known = sharedMemory.get(objectId);
    if (known == null) {
      String name = "shmem-" + (objectId - Mappings.SHARED_MEMORY_IDS);
      known =
          folder.find("pagemap-" + name + ".img").isPresent()
              ? PageMap.read(folder, name, pageSize)
              : new PageMap(new ArrayList<>());
      sharedMemory.put(objectId, known);
    }
    return known;
  }

  private void fillFromFile(Vma vma, long start, long end)
      throws InvalidInputException, IOException {
    RegularFile regular = mappings.regularFiles().get(vma);
    Optional<DataFile> data = regular == null ? Optional.empty() : sysroot.file(regular);
    if (data.isEmpty()) {
      return;
    }
    long offset = vma.backing().orElseThrow().offsetBytes() + (start - vma.startVaddr());
    long available = data.get().sizeBytes() - offset;
    if (available <= 0) {
      return;
    }
    long sizeBytes = Math.min(available, end - start);
    long pageCount = (sizeBytes + pageSize - 1) / pageSize;
    runs.addStored(
        start, pageCount, new PageRun.Stored(data.get(), offset, sizeBytes, PageRun.Origin.FILE));
  }

  private InvalidInputException outside(long vaddr) {
    return new InvalidInputException(
        file,
        String.format("page 0x%x", vaddr),
        "a page outside of every mapping",
        "pages of mappings that the mm image has");
  }
}
