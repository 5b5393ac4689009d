package io.thaw.app.trim;

import io.thaw.app.run.Report;
import io.thaw.app.run.RunResult;
import io.thaw.linker.analysis.IntervalAnalysis;
import io.thaw.linker.analysis.TouchedPage;
import io.thaw.linker.model.Digests;
import io.thaw.linker.model.RegisterRow;
import io.thaw.linker.model.Trigger;
import io.thaw.linker.trim.ImageMemory;
import io.thaw.linker.trim.TrimRequest.MemoryRange;
import io.thaw.linker.trim.TrimRequest.Proof;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Digests of what is true at the end of an interval, as the stub computes them. */
final class EndState {

  private EndState() {}

  /** From the report of a run that came to the marker, and the memory there. */
  static Proof proof(RunResult result, List<MemoryRange> ranges, ImageMemory memory)
      throws IOException {
    Report report = result.report().orElseThrow();
    List<String> names = RegisterRow.names(result.architecture());
    long[] words = new long[names.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = report.registers().getOrDefault(names.get(i), 0L);
    }
    long memoryDigest = 0;
    for (MemoryRange range : ranges) {
      ByteBuffer bytes = ByteBuffer.wrap(memory.read(range.paddr(), range.sizeBytes()));
      memoryDigest = Digests.fold(memoryDigest, Digests.ofBytes(bytes));
    }
    return new Proof(
        Digests.ofRegisters(Trigger.FAULT, RegisterRow.of(result.architecture(), words)),
        ranges,
        memoryDigest);
  }

  /** What was written of the program's pages. */
  static List<MemoryRange> written(IntervalAnalysis analysis) {
    List<MemoryRange> ranges = new ArrayList<>();
    for (TouchedPage page : analysis.pages()) {
      if (!page.isOfProgram()) {
        continue;
      }
      for (int start = page.written().nextSetBit(0); start >= 0; ) {
        int end = page.written().nextClearBit(start);
        ranges.add(new MemoryRange(page.paddr() + start, end - start));
        start = page.written().nextSetBit(end);
      }
    }
    return ranges;
  }
}
