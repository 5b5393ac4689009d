package io.thaw.linker.plan;

import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.Recording;
import io.thaw.linker.model.Vma;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.ProblemLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the events of a recording need to be there from the beginning: the memory of the whole
 * interval as one address space, and room for what they say.
 */
final class IntervalSurvey implements OperationSink {

  private final Recording recording;
  private final long pageSizeBytes;
  private final UnionMappings mappings;
  private final AddressRanges written = new AddressRanges();
  private final List<PageRun> born = new ArrayList<>();
  private final ProblemLog problems = new ProblemLog();
  private EventAreas areas = new EventAreas();
  private long eventIndex;
  private long recordCount;
  private long newBytes;

  private IntervalSurvey(Recording recording) {
    this.recording = recording;
    this.pageSizeBytes = recording.checkpoint().pageSizeBytes();
    this.mappings = new UnionMappings(recording.checkpoint().addressSpace().vmas());
  }

  /**
   * Walks through the events.
   *
   * @throws InvalidInputException if bytes are written where nothing is mapped
   */
  static IntervalSurvey of(Recording recording, VectorStates vectors) throws InvalidInputException {
    IntervalSurvey survey = new IntervalSurvey(recording);
    survey.areas = new EventLowering(recording, vectors, survey.mappings, survey).run();
    survey.keepExactRights();
    survey.problems.throwIfAny();
    return survey;
  }

  /** A page at which the program faults begins with the rights that it has, or with none. */
  private void keepExactRights() {
    for (long page : EventLowering.exactPages(recording)) {
      Protection protection =
          recording.checkpoint().addressSpace().vmas().stream()
              .filter(vma -> vma.contains(page))
              .map(Vma::protection)
              .findFirst()
              .orElse(Protection.of(0));
      mappings.protect(page, page + pageSizeBytes, protection);
    }
  }

  UnionMappings mappings() {
    return mappings;
  }

  EventAreas areas() {
    return areas;
  }

  /** How many records of events and operations there are at most. */
  long recordCount() {
    return recordCount;
  }

  /** How much memory is mapped anew in the interval, some of it perhaps more than once. */
  long newBytes() {
    return newBytes;
  }

  /** The checkpoint with the memory of the whole interval. */
  Checkpoint checkpoint() {
    Checkpoint from = recording.checkpoint();
    AddressSpace space = from.addressSpace();
    return new Checkpoint(
        from.source(),
        from.architecture(),
        from.pageSizeBytes(),
        from.identity(),
        from.threads(),
        new AddressSpace(
            mappings.toList(),
            pages(),
            space.brkStartVaddr(),
            space.brkVaddr(),
            space.stackStartVaddr(),
            space.stackLimitBytes()),
        from.descriptors(),
        from.signals(),
        from.clocks(),
        from.auxv(),
        from.details());
  }

  private List<PageRun> pages() {
    List<PageRun> runs = new ArrayList<>(recording.checkpoint().addressSpace().pages());
    runs.addAll(born);
    AddressRanges stored = new AddressRanges();
    for (PageRun run : runs) {
      if (run.content() instanceof PageRun.Stored) {
        stored.add(run.vaddr(), end(run));
      }
    }
    List<PageRun> all = new ArrayList<>();
    for (PageRun run : runs) {
      if (run.content() instanceof PageRun.Stored) {
        all.add(run);
      } else {
        for (AddressRanges.Range part : written.without(run.vaddr(), end(run))) {
          all.add(new PageRun(part.start(), part.sizeBytes() / pageSizeBytes, run.content()));
        }
      }
    }
    for (AddressRanges.Range range : written.all()) {
      for (AddressRanges.Range part : stored.without(range.start(), range.end())) {
        all.add(
            new PageRun(part.start(), part.sizeBytes() / pageSizeBytes, new PageRun.Reserved()));
      }
    }
    all.sort(Comparator.comparingLong(PageRun::vaddr));
    return splitAtMappings(all);
  }

  /** Each run inside one mapping; what is in none is left out. */
  private List<PageRun> splitAtMappings(List<PageRun> runs) {
    List<PageRun> split = new ArrayList<>();
    for (PageRun run : runs) {
      long vaddr = run.vaddr();
      while (vaddr < end(run)) {
        var vma = mappings.at(vaddr);
        if (vma.isEmpty()) {
          vaddr += pageSizeBytes;
          continue;
        }
        long end = Math.min(end(run), vma.get().endVaddr());
        split.add(
            new PageRun(
                vaddr,
                (end - vaddr) / pageSizeBytes,
                run.content().part(vaddr - run.vaddr(), end - vaddr)));
        vaddr = end;
      }
    }
    return split;
  }

  private long end(PageRun run) {
    return run.vaddr() + run.pageCount() * pageSizeBytes;
  }

  @Override
  public void event(long index, Event event) {
    eventIndex = index;
    recordCount++;
  }

  @Override
  public void mapped(Vma vma) {
    newBytes += vma.sizeBytes();
  }

  @Override
  public void born(long vaddr, DataFile content) {
    long pageCount = (content.sizeBytes() + pageSizeBytes - 1) / pageSizeBytes;
    born.add(
        new PageRun(
            vaddr,
            pageCount,
            new PageRun.Stored(content, 0, content.sizeBytes(), PageRun.Origin.FILE)));
  }

  @Override
  public void write(long vaddr, long sizeBytes, Source source) {
    long start = vaddr & -pageSizeBytes;
    long end = (vaddr + sizeBytes + pageSizeBytes - 1) & -pageSizeBytes;
    for (long page = end - pageSizeBytes; page >= start; page -= pageSizeBytes) {
      if (!mappings.growTo(page)) {
        problems.add(
            recording.checkpoint().source(),
            "event " + eventIndex,
            String.format("bytes written to 0x%x", page),
            "memory that is mapped");
        return;
      }
    }
    written.add(start, end);
    recordCount += (end - start) / pageSizeBytes * 2; // each may be code
  }

  @Override
  public void operation(String kind, long target, long sizeBytes, long source) {
    recordCount++;
  }

  @Override
  public void operation(String kind, long target, long sizeBytes, Source source) {
    recordCount++;
  }
}
