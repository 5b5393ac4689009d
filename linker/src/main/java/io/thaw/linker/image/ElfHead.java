package io.thaw.linker.image;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.plan.ImagePlan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What comes before the first segment: the ELF header, by which loaders other than ELF's own find
 * their way (the PVH note, the Multiboot2 header, which has to be among the first 32 KiB), program
 * headers, the manifest.
 */
final class ElfHead {

  private static final int ELF_HEADER_SIZE_BYTES = 64;
  private static final int PROGRAM_HEADER_SIZE_BYTES = 56;

  private static final int PT_LOAD = 1;
  private static final int PT_NOTE = 4;
  private static final int FLAGS_RWX = 7;
  private static final int FLAGS_R = 4;

  /** A note and where it is in the file. */
  record PlacedNote(ElfNote note, long offsetBytes) {

    int sizeBytes() {
      return note.bytes().length;
    }

    long endBytes() {
      return offsetBytes + sizeBytes();
    }
  }

  private final ImagePlan plan;
  private final int segmentCount;
  private final List<PlacedNote> notes = new ArrayList<>();
  private final long multibootOffsetBytes;
  private final long programHeadersOffsetBytes;
  private final long sizeBytes;

  private ElfHead(ImagePlan plan, int segmentCount) {
    this.plan = plan;
    this.segmentCount = segmentCount;
    long end = ELF_HEADER_SIZE_BYTES;
    OptionalLong entry32 = plan.pvhEntryPaddr();
    if (entry32.isPresent()) {
      end = place(ElfNote.pvh(entry32.getAsLong()), end);
      end = (end + Multiboot2Header.ALIGNMENT_BYTES - 1) & -Multiboot2Header.ALIGNMENT_BYTES;
    }
    this.multibootOffsetBytes = end;
    if (entry32.isPresent()) {
      end += Multiboot2Header.bytes(entry32.getAsLong()).length;
    }
    this.programHeadersOffsetBytes = end;
    int headerCount = segmentCount + notes.size() + 1;
    end += (long) headerCount * PROGRAM_HEADER_SIZE_BYTES;
    this.sizeBytes = place(ElfNote.manifest(ManifestJson.encode(plan.manifest())), end);
  }

  static ElfHead of(ImagePlan plan, int segmentCount) {
    return new ElfHead(plan, segmentCount);
  }

  private long place(ElfNote note, long offset) {
    PlacedNote placed = new PlacedNote(note, offset);
    notes.add(placed);
    return placed.endBytes();
  }

  long sizeBytes() {
    return sizeBytes;
  }

  List<PlacedNote> notes() {
    return List.copyOf(notes);
  }

  ByteBlock toBytes(List<ElfLayout.Segment> segments, int alignment, ElfSections sections) {
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(sizeBytes)).order(ByteOrder.LITTLE_ENDIAN);
    putHeader(out, sections);
    plan.pvhEntryPaddr()
        .ifPresent(entry -> out.put((int) multibootOffsetBytes, Multiboot2Header.bytes(entry)));
    out.position((int) programHeadersOffsetBytes);
    for (PlacedNote placed : notes) {
      out.putInt(PT_NOTE).putInt(FLAGS_R);
      putPlace(out, placed.offsetBytes(), 0, placed.sizeBytes(), placed.sizeBytes());
      out.putLong(ElfNote.ALIGNMENT_BYTES);
    }
    if (segments.size() != segmentCount) {
      throw new IllegalStateException(segments.size() + " segments, not " + segmentCount);
    }
    for (ElfLayout.Segment segment : segments) {
      out.putInt(PT_LOAD).putInt(FLAGS_RWX);
      putPlace(
          out,
          segment.offsetBytes(),
          segment.paddr(),
          segment.fileSizeBytes(),
          segment.memorySizeBytes());
      out.putLong(alignment);
    }
    notes.forEach(placed -> out.put((int) placed.offsetBytes(), placed.note().bytes()));
    return ByteBlock.copyOf(out.array());
  }

  private void putHeader(ByteBuffer out, ElfSections sections) {
    out.put("\177ELF".getBytes(StandardCharsets.ISO_8859_1));
    out.put(new byte[] {2, 1, 1}); // ELFCLASS64, ELFDATA2LSB, EV_CURRENT
    out.position(16);
    out.putShort((short) 2); // ET_EXEC
    out.putShort((short) plan.architecture().elfMachine());
    out.putInt(1);
    out.putLong(plan.entryPaddr());
    out.putLong(programHeadersOffsetBytes);
    out.putLong(sections.headersOffsetBytes());
    out.putInt(0);
    out.putShort((short) ELF_HEADER_SIZE_BYTES);
    out.putShort((short) PROGRAM_HEADER_SIZE_BYTES);
    out.putShort((short) (segmentCount + notes.size()));
    out.putShort((short) ElfSections.HEADER_SIZE_BYTES);
    out.putShort((short) sections.count());
    out.putShort((short) sections.nameTableIndex());
  }

  private static void putPlace(
      ByteBuffer out, long offset, long address, long fileSize, long memorySize) {
    out.putLong(offset).putLong(address).putLong(address).putLong(fileSize).putLong(memorySize);
  }
}
