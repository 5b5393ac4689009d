package io.thaw.linker.analysis;

import io.thaw.linker.model.Manifest;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What an interval of an image uses, as an instrumented run has seen it. Instructions are user
 * instructions, by their number from the image's entry on; 0 is the first one.
 *
 * @param begin user instructions before the interval
 * @param end user instructions at its end: fewer than asked for if the run ended before
 * @param firstPc its first instruction
 * @param nextPc the instruction that would have been the next one; 0 if the run ended by itself
 * @param unseenAccesses executions of instructions whose accesses to memory the plugin could not
 *     see or place: unless it is 0, pages are not complete
 * @param pages pages of RAM that were touched
 * @param executions how often each instruction was executed, by pc
 * @param repeated pcs of instructions that QEMU executes in several passes (REP)
 * @param straight pcs of instructions behind which the next one in memory is executed, if they do
 *     not trap
 * @param code bytes of each instruction that was executed, by pc; if they changed, some of them
 * @param tail the last pcs of the interval, in order
 * @param stubEntries when the stub was entered, in order, at most the last ones
 * @param vectors basic-block vectors, if they were asked for
 */
public record IntervalAnalysis(
    long begin,
    long end,
    long firstPc,
    long nextPc,
    long unseenAccesses,
    List<TouchedPage> pages,
    Map<Long, Long> executions,
    Set<Long> repeated,
    Set<Long> straight,
    Map<Long, byte[]> code,
    PcTail tail,
    List<StubEntry> stubEntries,
    BlockVectors vectors) {

  /**
   * The stub was entered from the program.
   *
   * @param events events of a recording that had been replayed before
   * @param index user instructions before
   */
  public record StubEntry(long events, long index) {}

  public IntervalAnalysis {
    pages = List.copyOf(pages);
    executions = Map.copyOf(executions);
    repeated = Set.copyOf(repeated);
    straight = Set.copyOf(straight);
    code = Map.copyOf(code);
    stubEntries = List.copyOf(stubEntries);
  }

  /** User instructions of the interval. */
  public long instructions() {
    return end - begin;
  }

  /** Its last instruction, counted from the interval's beginning. */
  public Manifest.Mark last() {
    long pc = tail.pc(tail.size() - 1);
    return new Manifest.Mark(pc, executions.get(pc));
  }

  /** The instruction behind a straight one. */
  public OptionalLong next(long pc) {
    return straight.contains(pc) ? OptionalLong.of(pc + code.get(pc).length) : OptionalLong.empty();
  }

  /** Whether the run came to its end before the interval did. */
  public boolean isShort() {
    return nextPc == 0;
  }

  /** The same, counted from the interval's own beginning on. */
  public IntervalAnalysis fromItsBegin() {
    return new IntervalAnalysis(
        0,
        end - begin,
        firstPc,
        nextPc,
        unseenAccesses,
        pages.stream().map(page -> page.movedBack(begin)).toList(),
        executions,
        repeated,
        straight,
        code,
        tail,
        stubEntries.stream()
            .filter(entry -> entry.index() >= begin)
            .map(entry -> new StubEntry(entry.events(), entry.index() - begin))
            .toList(),
        vectors);
  }

  /** The same with all bytes of its pages live-in: what it has to be if accesses were not seen. */
  public IntervalAnalysis withWholePages() {
    return new IntervalAnalysis(
        begin,
        end,
        firstPc,
        nextPc,
        unseenAccesses,
        pages.stream().map(TouchedPage::whole).toList(),
        executions,
        repeated,
        straight,
        code,
        tail,
        stubEntries,
        vectors);
  }
}
