package io.thaw.linker.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image says of itself: the note {@code Thaw} in its ELF file.
 *
 * @param toolVersion version of Thaw that linked it
 * @param stubSha256 which stub is in it: SHA-256 of what was compiled
 * @param architecture label of the architecture
 * @param platform name of the platform it was linked for
 * @param source name of the dump
 * @param command name of the frozen program
 * @param pid its process number
 * @param restorePath which restore path it takes: {@code fxrstor}, {@code xrstor}, {@code neon},
 *     {@code neon+pac}, {@code rv64gc}
 * @param needs what the processor must have beyond the architecture's baseline: {@code avx}, {@code
 *     pku}, {@code fsgsbase}, {@code paca}, {@code lpa2}, {@code sv48}, {@code breakpoints}
 * @param entryPaddrs where simulators may enter it, the one that the platform uses first
 * @param ramEndPaddr RAM must reach up to here
 * @param regionBegin behind which instruction the region begins: the last one of the restore path,
 *     or of the warm-up
 * @param stubCode ranges of addresses that hold the stub's instructions, as the processor sees them
 *     at entry and afterwards; every other address is the program's
 * @param regions what lies where in physical memory
 * @param mappings the program's memory
 * @param warnings what the linker warned of
 * @param interval what a trimmed image was trimmed to; null if it is whole
 */
public record Manifest(
    String toolVersion,
    String stubSha256,
    String architecture,
    String platform,
    String source,
    String command,
    long pid,
    String restorePath,
    List<String> needs,
    List<Long> entryPaddrs,
    long ramEndPaddr,
    Mark regionBegin,
    List<Range> stubCode,
    List<Region> regions,
    List<Mapping> mappings,
    List<String> warnings,
    @Nullable Interval interval) {

  /**
   * The interval of a trimmed image, and how it was trimmed.
   *
   * @param sourceSha256 of the image that it was trimmed from
   * @param skippedInstructions user instructions of that image before this one's first
   * @param warmupInstructions user instructions before the region
   * @param instructions user instructions up to the end, the warm-up included
   * @param keep {@code pages}, {@code lines} or {@code words}
   * @param liveInPages pages of which a byte is read before it is written
   * @param liveInWords words of 8 bytes likewise
   * @param keptBytes bytes of the program's pages that the file has
   * @param zeroFilledPages pages that are only written
   * @param droppedPages pages of the source image that are not here
   * @param regionEnd the interval's last instruction
   * @param stubBegin the stub's instruction that is executed once when the warm-up is over; null if
   *     there is none
   * @param stubEnd that at the end. Simulators that count instructions which trap may find these
   *     where counts of the program's own lead them astray
   * @param markerHits how often the processor stops on the way to the end
   * @param registersDigest of the registers at the end
   * @param memoryDigest of the bytes written, null if they are not compared
   * @param extensions extensions of the instruction set that are executed
   * @param mappings what became of the pages of each mapping that has any
   */
  public record Interval(
      String sourceSha256,
      long skippedInstructions,
      long warmupInstructions,
      long instructions,
      String keep,
      long liveInPages,
      long liveInWords,
      long keptBytes,
      long zeroFilledPages,
      long droppedPages,
      Mark regionEnd,
      @Nullable Mark stubBegin,
      Mark stubEnd,
      long markerHits,
      String registersDigest,
      @Nullable String memoryDigest,
      List<String> extensions,
      List<TrimmedMapping> mappings) {

    public Interval {
      extensions = List.copyOf(extensions);
      mappings = List.copyOf(mappings);
    }
  }

  /**
   * Pages of a mapping of the program, of those that the whole image has.
   *
   * @param range its addresses
   * @param protection as {@code /proc/PID/maps} has it
   * @param name file or object behind it, or what it is
   * @param liveInPages kept, because of bytes that are read before they are written
   * @param liveInWords words of 8 bytes with such bytes
   * @param zeroFilledPages there, but not in the file: they are only written
   * @param droppedPages not touched
   */
  public record TrimmedMapping(
      Range range,
      String protection,
      String name,
      long liveInPages,
      long liveInWords,
      long zeroFilledPages,
      long droppedPages) {}

  /**
   * A moment of a run, as simulators count to it.
   *
   * @param pc address of an instruction
   * @param count how often it has been executed then, since the image was entered
   */
  public record Mark(long pc, long count) {}

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

  /** The same of an image for another platform. */
  public Manifest withPlatform(String newPlatform) {
    return new Manifest(
        toolVersion,
        stubSha256,
        architecture,
        newPlatform,
        source,
        command,
        pid,
        restorePath,
        needs,
        entryPaddrs,
        ramEndPaddr,
        regionBegin,
        stubCode,
        regions,
        mappings,
        warnings,
        interval);
  }

  public Manifest {
    needs = List.copyOf(needs);
    entryPaddrs = List.copyOf(entryPaddrs);
    stubCode = List.copyOf(stubCode);
    regions = List.copyOf(regions);
    mappings = List.copyOf(mappings);
    warnings = List.copyOf(warnings);
  }
}
