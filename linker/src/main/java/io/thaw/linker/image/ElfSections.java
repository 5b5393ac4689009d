package io.thaw.linker.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part behind the segments: symbol table, names, section headers. Loaders of some simulators
 * insist on it, and debuggers show the stub's names.
 */
final class ElfSections {

  static final int HEADER_SIZE_BYTES = 64;

  private static final int SYMBOL_SIZE_BYTES = 24;

  private static final int SHT_PROGBITS = 1;
  private static final int SHT_SYMTAB = 2;
  private static final int SHT_STRTAB = 3;
  private static final int SHT_NOTE = 7;
  private static final int SHT_NOBITS = 8;
  private static final long SHF_WRITE_ALLOC_EXEC = 7;
  private static final short SHN_ABS = (short) 0xfff1;
  private static final byte GLOBAL_NOTYPE = 1 << 4;

  private record Header(
      int name,
      int type,
      long flags,
      long address,
      long offset,
      long size,
      int link,
      int info,
      long alignment,
      long entrySize) {}

  private final long offsetBytes;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();
  private final List<Header> headers = new ArrayList<>();
  private int segmentCount;

  /** Sections whose data begins at {@code offsetBytes} of the file, a multiple of 8. */
  ElfSections(long offsetBytes) {
    this.offsetBytes = offsetBytes;
    names.write(0);
    headers.add(new Header(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  void addNote(ElfHead.PlacedNote placed) {
    headers.add(
        new Header(
            name(placed.note().sectionName()),
            SHT_NOTE,
            0,
            0,
            placed.offsetBytes(),
            placed.sizeBytes(),
            0,
            0,
            ElfNote.ALIGNMENT_BYTES,
            0));
  }

  void addSegment(ElfLayout.Segment segment) {
    String suffix = segmentCount++ == 0 ? "" : "." + segmentCount;
    long stored = segment.fileSizeBytes();
    if (stored > 0) {
      headers.add(
          new Header(
              name(".image" + suffix),
              SHT_PROGBITS,
              SHF_WRITE_ALLOC_EXEC,
              segment.paddr(),
              segment.offsetBytes(),
              stored,
              0,
              0,
              1,
              0));
    }
    if (segment.memorySizeBytes() > stored) {
      headers.add(
          new Header(
              name(".zero" + suffix),
              SHT_NOBITS,
              SHF_WRITE_ALLOC_EXEC,
              segment.paddr() + stored,
              segment.offsetBytes() + stored,
              segment.memorySizeBytes() - stored,
              0,
              0,
              1,
              0));
    }
  }

  /** Symbols with absolute values, in the order of their names. */
  void addSymbols(Map<String, Long> symbols) {
    ByteArrayOutputStream strings = new ByteArrayOutputStream();
    strings.write(0);
    ByteBuffer table =
        ByteBuffer.allocate((symbols.size() + 1) * SYMBOL_SIZE_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    table.position(SYMBOL_SIZE_BYTES);
    new TreeMap<>(symbols)
        .forEach(
            (name, value) -> {
              table.putInt(strings.size()).put(GLOBAL_NOTYPE).put((byte) 0).putShort(SHN_ABS);
              table.putLong(value).putLong(0);
              strings.writeBytes((name + "\0").getBytes(StandardCharsets.UTF_8));
            });
    addData(".symtab", SHT_SYMTAB, table.array(), headers.size() + 1, 1, SYMBOL_SIZE_BYTES);
    addData(".strtab", SHT_STRTAB, strings.toByteArray(), 0, 0, 0);
    name(".shstrtab");
    addData(".shstrtab", SHT_STRTAB, names.toByteArray(), 0, 0, 0);
  }

  int count() {
    return headers.size();
  }

  /** The names of sections are the last section. */
  int nameTableIndex() {
    return headers.size() - 1;
  }

  long headersOffsetBytes() {
    return (offsetBytes + data.size() + 7) & -8;
  }

  byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(
                Math.toIntExact(headersOffsetBytes() - offsetBytes)
                    + headers.size() * HEADER_SIZE_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(data.toByteArray());
    bytes.position(Math.toIntExact(headersOffsetBytes() - offsetBytes));
    for (Header header : headers) {
      bytes.putInt(header.name()).putInt(header.type()).putLong(header.flags());
      bytes.putLong(header.address()).putLong(header.offset()).putLong(header.size());
      bytes.putInt(header.link()).putInt(header.info());
      bytes.putLong(header.alignment()).putLong(header.entrySize());
    }
    return bytes.array();
  }

  private void addData(String name, int type, byte[] bytes, int link, int info, long entrySize) {
    headers.add(
        new Header(
            name(name),
            type,
            0,
            0,
            offsetBytes + data.size(),
            bytes.length,
            link,
            info,
            entrySize == 0 ? 1 : Long.BYTES,
            entrySize));
    data.writeBytes(bytes);
    while (data.size() % Long.BYTES != 0) {
      data.write(0);
    }
  }

  /** The offset of a name, which is added if it is not there yet. */
  private int name(String name) {
    byte[] bytes = (name + "\0").getBytes(StandardCharsets.US_ASCII);
    byte[] known = names.toByteArray();
    for (int i = 1; i + bytes.length <= known.length; i++) {
      if (known[i - 1] == 0 && startsWith(known, i, bytes)) {
        return i;
      }
    }
    names.writeBytes(bytes);
    return known.length;
  }

  private static boolean startsWith(byte[] text, int offset, byte[] prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (text[offset + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
