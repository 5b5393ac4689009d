package io.thaw.linker.plan;

import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import io.thaw.linker.problem.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has to be behind the program's addresses when it goes on. Pages that are not listed are
 * either born zero when touched or not there at all.
 *
 * @param frames runs of pages that need frames of their own
 * @param aliases pages that show the frame of another page
 * @param missing runs of pages that stop the program when touched
 */
record UserPages(List<Frames> frames, List<Alias> aliases, List<Missing> missing) {

  /**
   * Pages with frames of their own.
   *
   * @param content bytes, or {@link PageRun.Zero} for frames that start as zeros
   */
  record Frames(Vma vma, long vaddr, long pageCount, PageRun.Content content) {}

  /** A page of shared memory that is mapped at {@code firstVaddr} too. */
  record Alias(Vma vma, long vaddr, long firstVaddr) {}

  /** Pages that the checkpoint does not have. */
  record Missing(long vaddr, long pageCount) {}

  UserPages {
    frames = List.copyOf(frames);
    aliases = List.copyOf(aliases);
    missing = List.copyOf(missing);
  }

  /** Sorts the pages of a checkpoint; at most {@code limitBytes} may need frames or marks. */
  static UserPages of(Checkpoint checkpoint, long limitBytes) throws InvalidInputException {
    return new Sorter(checkpoint, limitBytes).sort();
  }

  long frameCount() {
    return frames.stream().mapToLong(Frames::pageCount).sum();
  }

  /** The work of {@link #of}: one walk over mappings and runs, both in order of address. */
  private static final class Sorter {
    private final String source;
    private final AddressSpace space;
    private final long pageSizeBytes;
    private final long limitPages;
    private final List<Frames> frames = new ArrayList<>();
    private final List<Alias> aliases = new ArrayList<>();
    private final List<Missing> missing = new ArrayList<>();

    /** Shared objects that more than one mapping shows: first vaddr by offset in the object. */
    private final Map<Long, Map<Long, Long>> manifold = new HashMap<>();

    private long pagesSoFar;
    private int nextRun;

    Sorter(Checkpoint checkpoint, long limitBytes) {
      this.source = checkpoint.source();
      this.space = checkpoint.addressSpace();
      this.pageSizeBytes = checkpoint.pageSizeBytes();
      this.limitPages = limitBytes / pageSizeBytes;
    }

    UserPages sort() throws InvalidInputException {
      Map<Long, Integer> mappingCount = new HashMap<>();
      for (Vma vma : space.vmas()) {
        if (isSharedObject(vma)) {
          mappingCount.merge(vma.backing().orElseThrow().objectId(), 1, Integer::sum);
        }
      }
      mappingCount.forEach(
          (object, count) -> {
            if (count > 1) {
              manifold.put(object, new HashMap<>());
            }
          });
      for (Vma vma : space.vmas()) {
        if (isManifold(vma)) {
          addManifold(vma);
        } else if (vma.kind() == Vma.Kind.VVAR) {
          addVvar(vma);
        } else {
          addRuns(vma);
        }
      }
      return new UserPages(frames, aliases, missing);
    }

    private static boolean isSharedObject(Vma vma) {
      return vma.shared() && vma.backing().isPresent();
    }

    private boolean isManifold(Vma vma) {
      return isSharedObject(vma) && manifold.containsKey(vma.backing().orElseThrow().objectId());
    }

    private void addRuns(Vma vma) throws InvalidInputException {
      while (hasRunIn(vma)) {
        PageRun run = space.pages().get(nextRun++);
        if (run.content() instanceof PageRun.Zero && bornZero(vma)) {
          continue;
        }
        addRun(vma, run.vaddr(), run.pageCount(), run.content());
      }
    }

    private void addRun(Vma vma, long vaddr, long pageCount, PageRun.Content content)
        throws InvalidInputException {
      count(pageCount);
      if (content instanceof PageRun.Missing) {
        missing.add(new Missing(vaddr, pageCount));
      } else {
        frames.add(new Frames(vma, vaddr, pageCount, framed(content)));
      }
    }

    /** One page of zeros for all of it: the vDSO finds no clock there and makes real calls. */
    private void addVvar(Vma vma) throws InvalidInputException {
      while (hasRunIn(vma)) {
        nextRun++;
      }
      long pageCount = vma.sizeBytes() / pageSizeBytes;
      count(pageCount);
      frames.add(new Frames(vma, vma.startVaddr(), 1, new PageRun.Zero()));
      for (long i = 1; i < pageCount; i++) {
        aliases.add(new Alias(vma, vma.startVaddr() + i * pageSizeBytes, vma.startVaddr()));
      }
    }

    /** All pages get frames at once, so that every mapping of the object shows the same. */
    private void addManifold(Vma vma) throws InvalidInputException {
      Vma.Backing backing = vma.backing().orElseThrow();
      Map<Long, Long> firstVaddrs = manifold.get(backing.objectId());
      boolean file = vma.kind() == Vma.Kind.FILE;
      count(file ? 0 : vma.sizeBytes() / pageSizeBytes);
      long vaddr = vma.startVaddr();
      while (hasRunIn(vma)) {
        PageRun run = space.pages().get(nextRun++);
        if (!file) {
          addObjectPages(
              vma, firstVaddrs, vaddr, (run.vaddr() - vaddr) / pageSizeBytes, new PageRun.Zero());
        }
        count(file ? run.pageCount() : 0);
        addObjectPages(vma, firstVaddrs, run.vaddr(), run.pageCount(), run.content());
        vaddr = run.vaddr() + run.pageCount() * pageSizeBytes;
      }
      if (!file) {
        addObjectPages(
            vma, firstVaddrs, vaddr, (vma.endVaddr() - vaddr) / pageSizeBytes, new PageRun.Zero());
      }
    }

    private void addObjectPages(
        Vma vma,
        Map<Long, Long> firstVaddrs,
        long startVaddr,
        long pageCount,
        PageRun.Content content) {
      Vma.Backing backing = vma.backing().orElseThrow();
      for (long i = 0; i < pageCount; i++) {
        long vaddr = startVaddr + i * pageSizeBytes;
        long offset = backing.offsetBytes() + (vaddr - vma.startVaddr());
        Long firstVaddr = firstVaddrs.putIfAbsent(offset, vaddr);
        if (firstVaddr != null) {
          aliases.add(new Alias(vma, vaddr, firstVaddr));
        } else if (content instanceof PageRun.Missing) {
          missing.add(new Missing(vaddr, 1));
        } else {
          frames.add(new Frames(vma, vaddr, 1, framed(page(content, i))));
        }
      }
    }

    private static PageRun.Content framed(PageRun.Content content) {
      return content instanceof PageRun.Reserved ? new PageRun.Zero() : content;
    }

    /** The content of page {@code index} of a run. */
    private PageRun.Content page(PageRun.Content content, long index) {
      return content.part(index * pageSizeBytes, pageSizeBytes);
    }

    private boolean bornZero(Vma vma) {
      return VmaTable.bornZero(vma);
    }

    private boolean hasRunIn(Vma vma) {
      return nextRun < space.pages().size() && vma.contains(space.pages().get(nextRun).vaddr());
    }

    private void count(long pageCount) throws InvalidInputException {
      pagesSoFar += pageCount;
      if (pageCount < 0 || pagesSoFar > limitPages) {
        long limitMib = (limitPages * pageSizeBytes) >> 20;
        throw new InvalidInputException(
            source,
            "memory",
            String.format("more than %d MiB of pages", limitMib),
            String.format("at most the platform's RAM, %d MiB", limitMib));
      }
    }
  }
}
