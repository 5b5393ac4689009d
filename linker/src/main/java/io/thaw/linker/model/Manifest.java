package io.thaw.linker.model;

import java.util.List;

/**
 * What an image says of itself: the note {@code Thaw} in its ELF file.
 *
 * @param toolVersion version of Thaw that linked it
 * @param architecture label of the architecture
 * @param platform name of the platform it was linked for
 * @param source name of the dump
 * @param command name of the frozen program
 * @param pid its process number
 * @param restorePath which restore path it takes: {@code fxrstor}, {@code xrstor}, {@code neon},
 *     {@code neon+pac}, {@code rv64gc}
 * @param entryPaddrs where simulators may enter it, the one that the platform uses first
 * @param ramEndPaddr RAM must reach up to here
 * @param stubCode ranges of addresses that hold the stub's instructions, as the processor sees them
 *     at entry and afterwards; every other address is the program's
 * @param regions what lies where in physical memory
 * @param mappings the program's memory
 * @param warnings what the linker warned of
 */
public record Manifest(
    String toolVersion,
    String architecture,
    String platform,
    String source,
    String command,
    long pid,
    String restorePath,
    List<Long> entryPaddrs,
    long ramEndPaddr,
    List<Range> stubCode,
    List<Region> regions,
    List<Mapping> mappings,
    List<String> warnings) {

  /** Addresses from {@code start} up to but without {@code end}. */
  public record Range(long start, long end) {}

  /**
   * A part of the image.
   *
   * @param name boot, stub, tables, page tables, pages, pool
   * @param paddr where it lies
   * @param sizeBytes its size in memory
   * @param stored whether its bytes are in the file; else it starts as zeros
   */
  public record Region(String name, long paddr, long sizeBytes, boolean stored) {}

  /**
   * A mapping of the program.
   *
   * @param range its addresses
   * @param protection as {@code /proc/PID/maps} has it
   * @param kind {@code anonymous}, {@code file} and so on
   * @param name file or object behind it, may be empty
   * @param dumpPages pages whose bytes came from the dump
   * @param filePages pages whose bytes came from the mapped file
   * @param zeroPages pages that are zero
   * @param missingPages pages that the dump knows of but does not have
   */
  public record Mapping(
      Range range,
      String protection,
      String kind,
      String name,
      long dumpPages,
      long filePages,
      long zeroPages,
      long missingPages) {}

  public Manifest {
    entryPaddrs = List.copyOf(entryPaddrs);
    stubCode = List.copyOf(stubCode);
    regions = List.copyOf(regions);
    mappings = List.copyOf(mappings);
    warnings = List.copyOf(warnings);
  }
}
