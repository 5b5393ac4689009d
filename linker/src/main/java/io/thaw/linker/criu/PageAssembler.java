package io.thaw.linker.criu;

import io.thaw.linker.criu.MappedObject.SharedMemory;
import io.thaw.linker.criu.PageMap.Extent;
import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts together what is in memory: the dump's page first, then shared memory's or the file's. Pages
 * that none of them has are left out: zero if anonymous, beyond the end of the file otherwise.
 */
final class PageAssembler {

  private final DumpFolder folder;
  private final long pageSizeBytes;
  private final List<MappedObject> objects;
  private final PageMap pages;
  private final String file;
  private final Sysroot sysroot;
  private final RunList runs;
  private final Map<SharedMemory, PageMap> sharedMemory = new HashMap<>();

  private PageAssembler(
      DumpFolder folder,
      long pageSizeBytes,
      List<MappedObject> objects,
      PageMap pages,
      String file,
      Sysroot sysroot) {
    this.folder = folder;
    this.pageSizeBytes = pageSizeBytes;
    this.objects = objects;
    this.pages = pages;
    this.file = file;
    this.sysroot = sysroot;
    this.runs = new RunList(file, pageSizeBytes);
  }

  /**
   * What was put together.
   *
   * @param runs the contents of the process's memory; pages of files with problems are missing
   * @param fileProblems mapped files that are absent, or not what was mapped
   */
  record Result(List<PageRun> runs, List<Problem> fileProblems) {}

  /**
   * The contents of a process's memory.
   *
   * @param sysroot folder with the mapped files, if the user names one
   */
  static Result assemble(
      DumpFolder folder, MemoryImage memory, Mappings.Result mappings, Optional<Path> sysroot)
      throws InvalidInputException, IOException {
    PageMap pages = PageMapReader.read(folder, memory.pid(), memory.pageSizeBytes());
    PageAssembler assembler =
        new PageAssembler(
            folder,
            memory.pageSizeBytes(),
            mappings.objects(),
            ZeroScanner.split(pages, memory.pageSizeBytes()),
            folder.get("pagemap-" + memory.pid() + ".img").name(),
            Sysroot.find(folder, sysroot));
    assembler.checkAllAreMapped();
    for (MappedObject object : mappings.objects()) {
      assembler.add(object);
    }
    return new Result(assembler.runs.toList(), assembler.sysroot.problems());
  }

  /** A run of the page map may go over several mappings, but not over a gap between them. */
  private void checkAllAreMapped() throws InvalidInputException {
    int next = 0;
    for (Extent extent : pages.extents()) {
      long at = extent.vaddr();
      while (at < extent.endVaddr()) {
        while (next < objects.size() && objects.get(next).vma().endVaddr() <= at) {
          next++;
        }
        if (next == objects.size() || objects.get(next).vma().startVaddr() > at) {
          throw new InvalidInputException(
              file,
              String.format("page 0x%x", at),
              "a page outside of every mapping",
              "pages of mappings that the mm image has");
        }
        at = objects.get(next).vma().endVaddr();
      }
    }
  }

  private void add(MappedObject object) throws InvalidInputException, IOException {
    Vma vma = object.vma();
    if (vma.kind() == Vma.Kind.VVAR || vma.kind() == Vma.Kind.GUARD) {
      return;
    }
    long at = vma.startVaddr();
    for (int i = pages.firstBehind(at); i < pages.extents().size(); i++) {
      Extent extent = pages.extents().get(i);
      if (extent.vaddr() >= vma.endVaddr()) {
        break;
      }
      long start = Math.max(at, extent.vaddr());
      long end = Math.min(extent.endVaddr(), vma.endVaddr());
      fill(object, at, start);
      runs.add(start, extent.part(start, end), /* isSharedMemory= */ false);
      at = end;
    }
    fill(object, at, vma.endVaddr());
  }

  /** Pages that the page map of the process does not have. */
  private void fill(MappedObject object, long startVaddr, long endVaddr)
      throws InvalidInputException, IOException {
    if (startVaddr >= endVaddr) {
      return;
    }
    if (object.memory().isPresent()) {
      fillFromSharedMemory(object.vma(), object.memory().get(), startVaddr, endVaddr);
    } else if (object.file().isPresent()) {
      fillFromFile(object.vma(), object.file().get(), startVaddr, endVaddr);
    }
  }

  private void fillFromSharedMemory(Vma vma, SharedMemory memory, long startVaddr, long endVaddr)
      throws InvalidInputException, IOException {
    long shift = vma.startVaddr() - vma.backing().orElseThrow().offsetBytes();
    PageMap object = pages(memory);
    for (int i = object.firstBehind(startVaddr - shift); i < object.extents().size(); i++) {
      Extent extent = object.extents().get(i);
      long from = Math.max(startVaddr - shift, extent.vaddr());
      long to = Math.min(endVaddr - shift, extent.endVaddr());
      if (from >= to) {
        break;
      }
      runs.add(from + shift, extent.part(from, to), /* isSharedMemory= */ true);
    }
  }

  private PageMap pages(SharedMemory memory) throws InvalidInputException, IOException {
    PageMap known = sharedMemory.get(memory);
    if (known == null) {
      known =
          memory.isEmpty()
              ? new PageMap(List.of())
              : ZeroScanner.split(
                  PageMapReader.read(folder, "shmem-" + memory.number(), pageSizeBytes),
                  pageSizeBytes);
      sharedMemory.put(memory, known);
    }
    return known;
  }

  private void fillFromFile(Vma vma, RegularFile regular, long startVaddr, long endVaddr)
      throws InvalidInputException, IOException {
    // Pages that cannot be read are there if the file is: the program may make them readable.
    boolean isNeeded = vma.protection().bits() != 0;
    Optional<DataFile> data = sysroot.file(regular, isNeeded);
    if (data.isEmpty()) {
      if (isNeeded) {
        runs.addMissing(startVaddr, endVaddr);
      }
      return;
    }
    long offset = vma.backing().orElseThrow().offsetBytes() + (startVaddr - vma.startVaddr());
    long availableBytes = data.get().sizeBytes() - offset;
    if (availableBytes > 0) {
      long sizeBytes = Math.min(availableBytes, endVaddr - startVaddr);
      runs.add(startVaddr, new PageRun.Stored(data.get(), offset, sizeBytes, PageRun.Origin.FILE));
    }
  }
}
