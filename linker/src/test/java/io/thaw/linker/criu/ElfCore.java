package io.thaw.linker.criu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An ELF core of one thread that the kernel wrote: what it has of memory, and its notes. */
final class ElfCore {

  static final int NT_PRSTATUS = 1;
  static final int NT_FPREGSET = 2;
  static final int NT_X86_XSTATE = 0x202;
  static final int NT_ARM_TLS = 0x401;

  /** Offset of {@code pr_reg} in {@code struct elf_prstatus} of 64-bit Linux. */
  private static final int PRSTATUS_REGISTERS = 112;

  private static final int PT_LOAD = 1;
  private static final int PT_NOTE = 4;

  /** A segment of memory that the core has the bytes of. */
  record Segment(long vaddr, long sizeBytes, int offset) {}

  private final ByteBuffer data;
  private final List<Segment> segments = new ArrayList<>();
  private final Map<Integer, byte[]> notes = new HashMap<>();

  ElfCore(Path file) throws IOException {
    data = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int headers = (int) data.getLong(32);
    int headerSize = data.getShort(54);
    int count = data.getShort(56);
    for (int i = 0; i < count; i++) {
      int header = headers + i * headerSize;
      int type = data.getInt(header);
      int offset = (int) data.getLong(header + 8);
      long fileSize = data.getLong(header + 32);
      if (type == PT_LOAD && fileSize > 0) {
        segments.add(new Segment(data.getLong(header + 16), fileSize, offset));
      } else if (type == PT_NOTE) {
        readNotes(offset, offset + (int) fileSize);
      }
    }
  }

  private void readNotes(int start, int end) {
    int at = start;
    while (at < end) {
      int nameSize = data.getInt(at);
      int size = data.getInt(at + 4);
      int type = data.getInt(at + 8);
      int description = at + 12 + (nameSize + 3 & -4);
      notes.put(type, Arrays.copyOfRange(data.array(), description, description + size));
      at = description + (size + 3 & -4);
    }
  }

  List<Segment> segments() {
    return segments;
  }

  byte[] page(Segment segment, long vaddr, int sizeBytes) {
    int at = segment.offset() + (int) (vaddr - segment.vaddr());
    return Arrays.copyOfRange(data.array(), at, at + sizeBytes);
  }

  boolean hasNote(int type) {
    return notes.containsKey(type);
  }

  byte[] noteBytes(int type) {
    return notes.get(type);
  }

  ByteBuffer note(int type) {
    return ByteBuffer.wrap(notes.get(type)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The general registers, in the order of {@code struct user_regs_struct}. */
  ByteBuffer generalRegisters() {
    return note(NT_PRSTATUS).position(PRSTATUS_REGISTERS).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
