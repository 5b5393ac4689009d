package io.thaw.linker.elf;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.DataFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;

/**
 * The GNU build id of an ELF file: note {@code GNU} of type 3 in a PT_NOTE segment. Little-endian
 * files with at most {@value #MAX_PROGRAM_HEADERS} program headers; anything else has none.
 */
public final class BuildId {

  private static final int NT_GNU_BUILD_ID = 3;
  private static final int NOTE_HEADER_SIZE_BYTES = 12;
  private static final int MAX_PROGRAM_HEADERS = 4096;
  private static final long MAX_NOTES_SIZE_BYTES = 1 << 20;
  private static final int ELF_HEADER_SIZE_BYTES = 64;
  private static final int SHOFF_OFFSET = 40;
  private static final int PHNUM_OFFSET = 56;
  private static final int SHNUM_OFFSET = 60;
  private static final byte ELF_CLASS_64 = 2;
  private static final byte ELF_LITTLE_ENDIAN = 1;

  private BuildId() {}

  /** The build id, if the file is an ELF file that has one. */
  public static Optional<ByteBlock> read(DataFile file) throws IOException {
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      ChannelBackingFile backing = new ChannelBackingFile(channel, file);
      if (!isReadable(file, backing)) {
        return Optional.empty();
      }
      backing.seek(0);
      for (ElfSegment segment : ElfFile.from(backing).segmentsOfType(ElfSegment.PT_NOTE)) {
        Optional<ByteBlock> id = find(segment, backing);
        if (id.isPresent()) {
          return id;
        }
      }
      return Optional.empty();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      return Optional.empty(); // damaged: has no build id that could be compared
    }
  }

  /**
   * Checks what jelf does not: it takes the numbers of headers for signed shorts, and believes the
   * file when that says that the number of sections is elsewhere (gABI, {@code e_shnum} 0).
   */
  private static boolean isReadable(DataFile file, ChannelBackingFile backing) {
    if (file.sizeBytes() < ELF_HEADER_SIZE_BYTES) {
      return false;
    }
    byte[] header = new byte[ELF_HEADER_SIZE_BYTES];
    backing.read(header);
    ByteBuffer buffer = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    return buffer.getInt() == 0x464c457f
        && header[4] == ELF_CLASS_64
        && header[5] == ELF_LITTLE_ENDIAN
        && Short.toUnsignedInt(buffer.getShort(PHNUM_OFFSET)) <= MAX_PROGRAM_HEADERS
        && (buffer.getShort(SHNUM_OFFSET) > 0 || buffer.getLong(SHOFF_OFFSET) == 0);
  }

  private static Optional<ByteBlock> find(ElfSegment segment, ChannelBackingFile backing) {
    if (segment.p_filesz < 0 || segment.p_filesz > MAX_NOTES_SIZE_BYTES) {
      return Optional.empty();
    }
    byte[] bytes = new byte[(int) segment.p_filesz];
    backing.seek(segment.p_offset);
    backing.read(bytes);
    ByteBuffer notes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (notes.remaining() >= NOTE_HEADER_SIZE_BYTES) {
      int nameSize = notes.getInt();
      int size = notes.getInt();
      int type = notes.getInt();
      int descriptionAt = notes.position() + padded(nameSize);
      int end = descriptionAt + padded(size);
      if (nameSize < 0 || size < 0 || descriptionAt < 0 || end < 0 || end > bytes.length) {
        return Optional.empty();
      }
      if (type == NT_GNU_BUILD_ID && nameSize == 4 && notes.getInt() == 0x00554e47) {
        byte[] id = new byte[size];
        notes.position(descriptionAt).get(id);
        return Optional.of(ByteBlock.copyOf(id));
      }
      notes.position(end);
    }
    return Optional.empty();
  }

  private static int padded(int sizeBytes) {
    return (sizeBytes + 3) & -4;
  }
}
