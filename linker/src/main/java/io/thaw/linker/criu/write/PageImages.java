package io.thaw.linker.criu.write;

import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes the page maps and pages files of a process and of the shared memory that it has mapped. */
final class PageImages {

  private PageImages() {}

  static void write(Checkpoint checkpoint, Path folder) throws InvalidInputException, IOException {
    long pageSizeBytes = checkpoint.pageSizeBytes();
    SharedMemoryPages shared = new SharedMemoryPages(pageSizeBytes);
    int pagesId = 1;
    try (PageImage own =
        PageImage.create(
            folder, Long.toString(checkpoint.identity().pid()), pagesId, pageSizeBytes)) {
      List<Vma> vmas = checkpoint.addressSpace().vmas();
      vmas.forEach(shared::add);
      int at = 0;
      for (PageRun run : checkpoint.addressSpace().pages()) {
        while (!vmas.get(at).contains(run.vaddr())) {
          at++;
        }
        add(checkpoint.source(), vmas.get(at), run, own, shared);
      }
    }
    for (int number : shared.numbers()) {
      pagesId++;
      try (PageImage object =
          PageImage.create(
              folder, "shmem-" + Integer.toUnsignedString(number), pagesId, pageSizeBytes)) {
        for (PageRun run : shared.pages(number)) {
          object.add(run, /* canBeLazy= */ false);
        }
      }
    }
  }

  private static void add(
      String source, Vma vma, PageRun run, PageImage own, SharedMemoryPages shared)
      throws InvalidInputException, IOException {
    if (run.content() instanceof PageRun.Missing missing) {
      throw new InvalidInputException(
          source,
          String.format("page 0x%x", run.vaddr()),
          "no contents: " + missing.reason(),
          "a checkpoint that has all its pages");
    }
    if (vma.kind() == Vma.Kind.SHARED_MEMORY && isOfObject(vma, run)) {
      shared.add(vma, run);
    } else if (!isInFile(run)) {
      own.add(run, vma.kind() == Vma.Kind.ANONYMOUS);
    }
  }

  private static boolean isInFile(PageRun run) {
    return run.content() instanceof PageRun.Stored stored && stored.origin() == PageRun.Origin.FILE;
  }

  /** A private mapping of shared memory has pages of its own besides those of the object. */
  private static boolean isOfObject(Vma vma, PageRun run) {
    return run.content() instanceof PageRun.Stored stored
        ? stored.origin() == PageRun.Origin.SHARED_MEMORY
        : vma.shared();
  }
}
