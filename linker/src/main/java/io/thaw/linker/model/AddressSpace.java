package io.thaw.linker.model;

import java.util.List;

/**
 * The memory of a process.
 *
 * @param vmas mappings, sorted by address, not overlapping
 * @param pages contents, sorted by address, not overlapping, each run inside one mapping; pages of
 *     a mapping that no run covers are zero if the mapping is anonymous or shared memory, and
 *     beyond the end of the file if it is a file's
 * @param brkStartVaddr start of the brk heap
 * @param brkVaddr current end of the brk heap
 * @param stackStartVaddr an address in the initial stack
 * @param stackLimitBytes how large the stack may grow (RLIMIT_STACK)
 */
public record AddressSpace(
    List<Vma> vmas,
    List<PageRun> pages,
    long brkStartVaddr,
    long brkVaddr,
    long stackStartVaddr,
    long stackLimitBytes) {

  public AddressSpace {
    vmas = List.copyOf(vmas);
    pages = List.copyOf(pages);
  }
}
