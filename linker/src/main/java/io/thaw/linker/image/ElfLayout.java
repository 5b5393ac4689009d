package io.thaw.linker.image;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.plan.Chunk;
import io.thaw.linker.plan.ImagePlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everything is in the ELF file of an image: the head, segments, then symbols, names and
 * section headers. ELF64, ET_EXEC; every PT_LOAD has {@code p_vaddr == p_paddr}, since QEMU changes
 * the entry point otherwise, and loaders place by {@code p_paddr}.
 *
 * @param head bytes from offset 0 up to the first segment
 * @param segments the PT_LOADs
 * @param tailOffsetBytes offset of what follows them
 * @param tail bytes behind the segments
 */
record ElfLayout(ByteBlock head, List<Segment> segments, long tailOffsetBytes, ByteBlock tail) {

  private static final int PAGE_SIZE_BYTES = 4096;

  /** Of a packed image: what memory copies like. */
  private static final int PACKED_ALIGNMENT_BYTES = 16;

  /** Fewer zeros than a program header and its alignment are better stored. */
  private static final int LEAST_ZEROS_LEFT_OUT = 96;

  /** Gaps come from aligning to the program's page size, 64 KiB at most. */
  private static final long MAX_GAP_BYTES = 64 << 10;

  /**
   * A PT_LOAD.
   *
   * @param paddr its address, and its vaddr
   * @param offsetBytes its offset in the file
   * @param fileSizeBytes bytes in the file
   * @param memorySizeBytes bytes in memory; those beyond the file's are zero
   * @param chunks what is in it
   */
  record Segment(
      long paddr, long offsetBytes, long fileSizeBytes, long memorySizeBytes, List<Chunk> chunks) {}

  static ElfLayout of(ImagePlan plan) {
    List<List<Chunk>> groups = plan.packed() ? packed(plan.chunks()) : contiguous(plan.chunks());
    int alignment = plan.packed() ? PACKED_ALIGNMENT_BYTES : PAGE_SIZE_BYTES;
    ElfHead head = ElfHead.of(plan, groups.size());
    List<Segment> segments = segments(groups, head.sizeBytes(), alignment);
    Segment last = segments.get(segments.size() - 1);
    long tailOffset = alignUp(last.offsetBytes() + last.fileSizeBytes(), alignment);
    ElfSections sections = new ElfSections(tailOffset);
    head.notes().forEach(sections::addNote);
    if (!plan.packed()) { // sections are for people, and these would be too many
      segments.forEach(sections::addSegment);
    }
    sections.addSymbols(plan.symbols());
    byte[] tail = sections.toBytes();
    return new ElfLayout(
        head.toBytes(segments, alignment, sections), segments, tailOffset, ByteBlock.copyOf(tail));
  }

  /** Chunks that follow each other without a whole page in between become one segment. */
  private static List<List<Chunk>> contiguous(List<Chunk> chunks) {
    List<List<Chunk>> groups = new ArrayList<>();
    long end = 0;
    for (Chunk chunk : chunks) {
      if (chunk.sizeBytes() == 0) {
        continue;
      }
      if (chunk.paddr() < end) {
        throw new IllegalStateException(String.format("chunks overlap at 0x%x", chunk.paddr()));
      }
      if (groups.isEmpty() || chunk.paddr() - end > MAX_GAP_BYTES) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(chunk);
      end = chunk.paddr() + chunk.sizeBytes();
    }
    return groups;
  }

  /** A new segment begins behind each gap, and behind zeros worth leaving out. */
  private static List<List<Chunk>> packed(List<Chunk> chunks) {
    List<List<Chunk>> groups = new ArrayList<>();
    long end = 0;
    boolean zeros = true;
    for (Chunk chunk : chunks) {
      if (chunk.sizeBytes() == 0) {
        continue;
      }
      if (chunk.paddr() < end) {
        throw new IllegalStateException(String.format("chunks overlap at 0x%x", chunk.paddr()));
      }
      boolean isZeros = chunk instanceof Chunk.Zeros;
      if (groups.isEmpty() || chunk.paddr() != end || (zeros && !isZeros)) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(chunk);
      end = chunk.paddr() + chunk.sizeBytes();
      zeros = isZeros && (zeros || chunk.sizeBytes() >= LEAST_ZEROS_LEFT_OUT);
    }
    return groups;
  }

  private static List<Segment> segments(List<List<Chunk>> groups, long headEnd, int alignment) {
    List<Segment> segments = new ArrayList<>();
    long offset = headEnd;
    for (List<Chunk> group : groups) {
      long paddr = group.get(0).paddr();
      // p_offset and p_vaddr are congruent, as the format wants it.
      offset = alignUp(offset, alignment) + paddr % alignment;
      long stored = 0;
      long memory = 0;
      for (Chunk chunk : group) {
        memory = chunk.paddr() + chunk.sizeBytes() - paddr;
        if (!(chunk instanceof Chunk.Zeros)) {
          stored = memory;
        }
      }
      segments.add(new Segment(paddr, offset, stored, memory, List.copyOf(group)));
      offset += stored;
    }
    return List.copyOf(segments);
  }

  private static long alignUp(long offset, int alignment) {
    return (offset + alignment - 1) & -alignment;
  }
}
