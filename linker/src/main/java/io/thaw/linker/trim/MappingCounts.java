package io.thaw.linker.trim;

import io.thaw.linker.analysis.TouchedPage;
import io.thaw.linker.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts by mapping what becomes of an image's pages. */
final class MappingCounts {

  private static final String OTHERS = "(mapped later)";

  /** Columns of the counts. */
  private static final int LIVE_PAGES = 0;

  private static final int LIVE_WORDS = 1;
  private static final int ZERO_FILLED = 2;
  private static final int DROPPED = 3;

  private final List<Manifest.Mapping> mappings;
  private final long[][] counts;

  MappingCounts(List<Manifest.Mapping> mappings) {
    this.mappings = List.copyOf(mappings);
    this.counts = new long[mappings.size() + 1][DROPPED + 1];
  }

  /**
   * Adds a page.
   *
   * @param touched what the interval does with it, null if nothing
   */
  void add(long vaddr, @Nullable TouchedPage touched) {
    long[] row = counts[row(vaddr)];
    if (touched == null) {
      row[DROPPED]++;
    } else if (touched.liveIn().isEmpty()) {
      row[ZERO_FILLED]++;
    } else {
      row[LIVE_PAGES]++;
      row[LIVE_WORDS] += touched.liveInWords();
    }
  }

  private int row(long vaddr) {
    for (int i = 0; i < mappings.size(); i++) {
      Manifest.Range range = mappings.get(i).range();
      if (vaddr >= range.start() && vaddr < range.end()) {
        return i;
      }
    }
    return mappings.size();
  }

  /** Mappings that have pages. */
  List<Manifest.TrimmedMapping> toList() {
    List<Manifest.TrimmedMapping> rows = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      long[] row = counts[i];
      if (row[LIVE_PAGES] + row[ZERO_FILLED] + row[DROPPED] == 0) {
        continue;
      }
      boolean known = i < mappings.size();
      String name = known ? mappings.get(i).name() : OTHERS;
      rows.add(
          new Manifest.TrimmedMapping(
              known ? mappings.get(i).range() : new Manifest.Range(0, 0),
              known ? mappings.get(i).protection() : "",
              known && name.isEmpty() ? mappings.get(i).kind() : name,
              row[LIVE_PAGES],
              row[LIVE_WORDS],
              row[ZERO_FILLED],
              row[DROPPED]));
    }
    return rows;
  }
}
