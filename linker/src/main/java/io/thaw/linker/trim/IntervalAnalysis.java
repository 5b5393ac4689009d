package io.thaw.linker.trim;

import io.thaw.linker.model.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an interval of an image uses, as an instrumented run has seen it.
 *
 * @param begin user instructions before the interval
 * @param end user instructions at its end: fewer than asked for if the run ended before
 * @param firstPc its first instruction
 * @param nextPc the instruction that would have been the next one; 0 if the run ended by itself
 * @param lostAccesses accesses whose place in memory could not be told
 * @param pages pages of RAM that were touched, in ascending order
 * @param executions how often each instruction was executed, by pc
 * @param repeated pcs of instructions that QEMU executes in several passes (REP)
 * @param code bytes of each instruction that was executed, by pc
 * @param tail the last pcs of the interval, in order
 * @param stubEntries when the stub was entered, in order, at most the last ones
 */
public record IntervalAnalysis(
    long begin,
    long end,
    long firstPc,
    long nextPc,
    long lostAccesses,
    List<TouchedPage> pages,
    Map<Long, Long> executions,
    Set<Long> repeated,
    Map<Long, byte[]> code,
    PcTail tail,
    List<StubEntry> stubEntries) {

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
    code = Map.copyOf(code);
    stubEntries = List.copyOf(stubEntries);
  }

  /** Its last instruction, counted from the interval's beginning. */
  public Manifest.Mark last() {
    long pc = tail.pc(tail.size() - 1);
    return new Manifest.Mark(pc, executions.get(pc));
  }

  /** Whether the run came to its end before the interval did. */
  public boolean isShort() {
    return nextPc == 0;
  }
}
