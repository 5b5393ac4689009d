package io.thaw.linker.plan;

import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Vma;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts, for each mapping of a checkpoint, where its pages come from. */
public final class MappingSummary {

  private MappingSummary() {}

  /** One row a mapping, in order of address. */
  public static List<Manifest.Mapping> of(Checkpoint checkpoint) {
    List<Manifest.Mapping> rows = new ArrayList<>();
    int next = 0;
    List<PageRun> runs = checkpoint.addressSpace().pages();
    for (Vma vma : checkpoint.addressSpace().vmas()) {
      long dump = 0;
      long file = 0;
      long zero = 0;
      long missing = 0;
      for (; next < runs.size() && vma.contains(runs.get(next).vaddr()); next++) {
        PageRun run = runs.get(next);
        if (run.content() instanceof PageRun.Stored stored) {
          if (stored.origin() == PageRun.Origin.FILE) {
            file += run.pageCount();
          } else {
            dump += run.pageCount();
          }
        } else if (run.content() instanceof PageRun.Missing) {
          missing += run.pageCount();
        } else {
          zero += run.pageCount();
        }
      }
      rows.add(
          new Manifest.Mapping(
              new Manifest.Range(vma.startVaddr(), vma.endVaddr()),
              vma.protection().toString(),
              vma.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              vma.backing().map(Vma.Backing::name).orElse(""),
              dump,
              file,
              zero,
              missing));
    }
    return rows;
  }
}
