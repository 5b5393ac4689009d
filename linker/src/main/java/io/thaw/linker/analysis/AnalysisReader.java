package io.thaw.linker.analysis;

import io.thaw.linker.analysis.IntervalAnalysis.StubEntry;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads an analysis as the TCG plugin writes it ({@code interval.c}): the sections of {@code
 * docs/analysis-format.md} but for the first. What they say is checked for being possible.
 */
public final class AnalysisReader {

  private static final int FACTS = 6;
  private static final int PAIR_WORDS = 2;

  private final String name;
  private final SectionReader sections;

  private AnalysisReader(String name, ByteBuffer bytes) {
    this.name = name;
    this.sections = new SectionReader(name, bytes);
  }

  /**
   * Reads what the plugin wrote. Vectors stay in the file, which has to stay as it is.
   *
   * @throws InvalidInputException if it is damaged or cut off
   */
  public static IntervalAnalysis read(Path file) throws InvalidInputException, IOException {
    return read(file, 0);
  }

  /** The same, from behind so many bytes. */
  static IntervalAnalysis read(Path file, int headBytes) throws InvalidInputException, IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = Math.max(0, channel.size() - headBytes);
      String name = String.valueOf(file.getFileName());
      if (size > Integer.MAX_VALUE) {
        throw new InvalidInputException(
            name, "", size + " bytes of sections", "an analysis, below 2 GiB");
      }
      return new AnalysisReader(name, channel.map(FileChannel.MapMode.READ_ONLY, headBytes, size))
          .read();
    }
  }

  private IntervalAnalysis read() throws InvalidInputException {
    List<LongBuffer> slices = new ArrayList<>();
    while (sections.peek().equals("vector")) {
      slices.add(sections.next("vector", PAIR_WORDS).words());
    }
    LongBuffer blocks = sections.next("blocks", 1).words();
    LongBuffer facts = sections.next("interval", FACTS).words();
    if (facts.limit() != FACTS) {
      throw refused("interval", facts.limit() + " words", "" + FACTS);
    }
    long begin = facts.get();
    long end = facts.get();
    long firstPc = facts.get();
    long nextPc = facts.get();
    long unseen = facts.get();
    long slice = facts.get();
    if (begin < 0 || end < 0 || unseen < 0 || slice < 0) {
      throw refused("interval", "a number of 2^63 or more", "instructions that can be counted");
    }
    long executed = Math.max(0, end - begin);
    PageDecoder pages = new PageDecoder(name, begin, end);
    List<TouchedPage> touched =
        pages.decode(sections.next("pages", PageDecoder.ENTRY_WORDS).words());
    CodeDecoder code = new CodeDecoder(name);
    code.decode(sections.next("code", CodeDecoder.ENTRY_WORDS).words());
    if (code.executed() != executed) {
      throw refused("code", code.executed() + " executions", executed + ", as the interval has");
    }
    PcTail tail = tail(executed, code.executions().keySet());
    List<StubEntry> entries = stubEntries(end);
    if (sections.hasNext()) {
      throw refused("end", "more sections", "the end of the file");
    }
    return new IntervalAnalysis(
        begin,
        end,
        firstPc,
        nextPc,
        unseen,
        touched,
        code.executions(),
        code.repeated(),
        code.straight(),
        code.code(),
        tail,
        entries,
        vectors(slice, executed, blocks, slices));
  }

  private PcTail tail(long executed, Set<Long> known) throws InvalidInputException {
    LongBuffer words = sections.next("tail", 1).words();
    if (words.limit() > executed) {
      throw refused("tail", words.limit() + " instructions", "at most " + executed);
    }
    long[] pcs = new long[words.limit()];
    words.get(pcs);
    for (long pc : pcs) {
      if (!known.contains(pc)) {
        throw refused("tail", String.format("pc 0x%x", pc), "instructions that were executed");
      }
    }
    return PcTail.copyOf(pcs);
  }

  private List<StubEntry> stubEntries(long end) throws InvalidInputException {
    LongBuffer words = sections.next("entries", PAIR_WORDS).words();
    List<StubEntry> entries = new ArrayList<>();
    long last = 0;
    while (words.hasRemaining()) {
      StubEntry entry = new StubEntry(words.get(), words.get());
      // One that did not retire was counted when it entered the stub.
      if (entry.events() < 0 || entry.index() < last || entry.index() - 1 > end) {
        throw refused(
            "entries",
            "one after " + Long.toUnsignedString(entry.index()) + " instructions",
            "instructions from " + last + " up to " + end);
      }
      last = entry.index();
      entries.add(entry);
    }
    return entries;
  }

  /** A slice has as many instructions as it says; only the last may have fewer. */
  private BlockVectors vectors(
      long slice, long executed, LongBuffer blocks, List<LongBuffer> slices)
      throws InvalidInputException {
    long wanted = slice == 0 ? 0 : (executed + slice - 1) / slice;
    if (slices.size() != wanted) {
      throw refused("vector", slices.size() + " slices", wanted + ", as the interval has");
    }
    for (int i = 0; i < slices.size(); i++) {
      long instructions = Math.min(slice, executed - i * slice);
      LongBuffer pairs = slices.get(i);
      long left = instructions;
      for (int k = 0; k < pairs.limit(); k += PAIR_WORDS) {
        long block = pairs.get(k);
        long count = pairs.get(k + 1);
        if (block < 1 || block > blocks.limit() || count < 0 || count > left) {
          throw refused(
              "vector of slice " + i,
              String.format(
                  "block %s with %s instructions",
                  Long.toUnsignedString(block), Long.toUnsignedString(count)),
              String.format("blocks 1 to %d, %d instructions", blocks.limit(), instructions));
        }
        left -= count;
      }
      if (left != 0) {
        throw refused(
            "vector of slice " + i, left + " instructions in no block", "" + instructions);
      }
    }
    return slice == 0 ? BlockVectors.NONE : new BlockVectors(slice, blocks, slices);
  }

  private InvalidInputException refused(String record, String found, String acceptable) {
    return new InvalidInputException(name, record, found, acceptable);
  }
}
