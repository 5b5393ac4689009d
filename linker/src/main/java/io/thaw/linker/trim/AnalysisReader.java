package io.thaw.linker.trim;

import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.trim.IntervalAnalysis.StubEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an analysis as the TCG plugin writes it ({@code interval.c}): little-endian words. A head
 * of 11 (magic, begin, end, next pc, lost accesses, stub entries before the interval and in all,
 * then the counts of what follows), pages of 132, instructions of 5, pcs, stub entries of 2, the
 * magic again.
 */
public final class AnalysisReader {

  /** THAWRAW1. */
  private static final long MAGIC = 0x3157415257414854L;

  private static final int HEAD_WORDS = 11;
  private static final int PAGE_WORDS = 132;
  private static final int MASK_WORDS = 64;
  private static final int INSTRUCTION_WORDS = 5;
  private static final int MOST_INSTRUCTION_BYTES = 15;
  private static final int ENTRY_WORDS = 2;
  private static final int KIND_REPEAT = 3;

  private final String name;
  private final ByteBuffer words;

  private AnalysisReader(String name, ByteBuffer words) {
    this.name = name;
    this.words = words;
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it is damaged or cut off
   */
  public static IntervalAnalysis read(Path file) throws InvalidInputException, IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      String name = String.valueOf(file.getFileName());
      if (size > Integer.MAX_VALUE || size < (HEAD_WORDS + 1) * (long) Long.BYTES) {
        throw new InvalidInputException(name, "", size + " bytes", "an analysis, below 2 GiB");
      }
      ByteBuffer words =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, size).order(ByteOrder.LITTLE_ENDIAN);
      return new AnalysisReader(name, words).read();
    }
  }

  private IntervalAnalysis read() throws InvalidInputException {
    long magic = words.getLong();
    long begin = words.getLong();
    long end = words.getLong();
    long firstPc = words.getLong();
    long nextPc = words.getLong();
    long lost = words.getLong();
    words.getLong(); // stub entries, of which the last ones follow
    long pages = words.getLong();
    long instructions = words.getLong();
    long tail = words.getLong();
    long entries = words.getLong();
    checkSize(magic, pages, instructions, tail, entries);
    List<TouchedPage> touched = new ArrayList<>();
    for (long i = 0; i < pages; i++) {
      touched.add(page());
    }
    Map<Long, Long> executions = new HashMap<>();
    Map<Long, byte[]> code = new HashMap<>();
    Set<Long> repeated = new HashSet<>();
    for (long i = 0; i < instructions; i++) {
      instruction(executions, code, repeated);
    }
    long[] pcs = new long[(int) tail];
    for (int i = 0; i < pcs.length; i++) {
      pcs[i] = words.getLong();
    }
    List<StubEntry> stubEntries = new ArrayList<>();
    for (long i = 0; i < entries; i++) {
      stubEntries.add(new StubEntry(words.getLong(), words.getLong()));
    }
    if (words.getLong() != MAGIC) {
      throw new InvalidInputException(name, "end", "something else", "the magic number");
    }
    return new IntervalAnalysis(
        begin,
        end,
        firstPc,
        nextPc,
        lost,
        touched,
        executions,
        repeated,
        code,
        PcTail.copyOf(pcs),
        stubEntries);
  }

  /** Counts below 2^31 each, as the file is: their sum does not overflow. */
  private void checkSize(long magic, long... counts) throws InvalidInputException {
    long[] widths = {PAGE_WORDS, INSTRUCTION_WORDS, 1, ENTRY_WORDS};
    long sum = 1;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 0 || counts[i] > Integer.MAX_VALUE) {
        throw new InvalidInputException(
            name, "head", "count " + Long.toUnsignedString(counts[i]), "one that fits the file");
      }
      sum += counts[i] * widths[i];
    }
    if (magic != MAGIC || sum * Long.BYTES != words.remaining()) {
      throw new InvalidInputException(
          name,
          "head",
          String.format("magic 0x%x, %d bytes behind the head", magic, words.remaining()),
          String.format("0x%x, %d", MAGIC, sum * Long.BYTES));
    }
  }

  private TouchedPage page() {
    long paddr = words.getLong();
    long firstIndex = words.getLong();
    long firstVaddr = words.getLong();
    boolean stubFirst = words.getLong() != 0;
    return new TouchedPage(paddr, firstIndex, firstVaddr, stubFirst, mask(), mask());
  }

  private BitSet mask() {
    long[] mask = new long[MASK_WORDS];
    for (int i = 0; i < MASK_WORDS; i++) {
      mask[i] = words.getLong();
    }
    return BitSet.valueOf(mask);
  }

  /** QEMU may have translated an instruction several times: the counts are added. */
  private void instruction(Map<Long, Long> executions, Map<Long, byte[]> code, Set<Long> repeated)
      throws InvalidInputException {
    long pc = words.getLong();
    long count = words.getLong();
    long sizeAndKind = words.getLong();
    ByteBuffer bytes =
        ByteBuffer.allocate(2 * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(words.getLong())
            .putLong(words.getLong());
    int sizeBytes = (int) (sizeAndKind & 0xff);
    if (sizeBytes == 0 || sizeBytes > MOST_INSTRUCTION_BYTES || count < 0) {
      throw new InvalidInputException(
          name,
          String.format("instruction at 0x%x", pc),
          sizeBytes + " bytes, executed " + count + " times",
          "1 to " + MOST_INSTRUCTION_BYTES + " bytes");
    }
    if (sizeAndKind >> 8 == KIND_REPEAT) {
      repeated.add(pc);
    }
    if (count > 0) {
      executions.merge(pc, count, Long::sum);
      code.put(pc, Arrays.copyOf(bytes.array(), sizeBytes));
    }
  }
}
