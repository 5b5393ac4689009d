package io.thaw.linker.elf;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The function {@value #SYMBOL} of an ELF object file, as {@code cc -c} writes it: the section that
 * it is in, which has to do without relocations, and so without the file's other sections.
 *
 * @param code the section
 * @param entryOffsetBytes where the function begins in it
 */
public record HookObject(ByteBlock code, int entryOffsetBytes) {

  private static final String SYMBOL = "thaw_hook";

  private static final int MOST_FILE_BYTES = 1 << 20;
  private static final int MOST_CODE_BYTES = 16 << 10;
  private static final int HEADER_BYTES = 64;
  private static final int SECTION_HEADER_BYTES = 64;
  private static final int SYMBOL_BYTES = 24;

  private static final int ET_REL = 1;
  private static final int SHT_PROGBITS = 1;
  private static final int SHT_SYMTAB = 2;
  private static final int SHT_RELA = 4;
  private static final int SHT_REL = 9;
  private static final long SHF_EXECINSTR = 4;
  private static final int STB_GLOBAL = 1;

  /** A section header (System V ABI, chapter 4). */
  private record Section(int type, long flags, long offset, long size, int link, int info) {}

  /** Reads a file, every number of which may be wrong. */
  private static final class Reader {

    private final String name;
    private final ByteBuffer bytes;
    private final Section[] sections;

    private Reader(String name, ByteBuffer bytes, Architecture architecture)
        throws InvalidInputException {
      this.name = name;
      this.bytes = bytes;
      require(
          bytes.capacity() >= HEADER_BYTES
              && bytes.getInt(0) == 0x464c457f
              && bytes.getShort(4) == 0x0102
              && bytes.getShort(16) == ET_REL,
          "ELF header",
          "no object file",
          "an ELF64 object file of little-endian order, as 'cc -c' writes it");
      int machine = Short.toUnsignedInt(bytes.getShort(18));
      require(
          machine == architecture.elfMachine(),
          "e_machine",
          Integer.toString(machine),
          architecture.elfMachine() + ", which " + architecture.label() + " is");
      long offset = bytes.getLong(40);
      int count = Short.toUnsignedInt(bytes.getShort(60));
      require(
          bytes.getShort(58) == SECTION_HEADER_BYTES
              && isInside(offset, (long) count * SECTION_HEADER_BYTES),
          "section headers",
          count + " at " + offset,
          "headers of 64 bytes inside of the file");
      this.sections = new Section[count];
      for (int i = 0; i < count; i++) {
        int at = (int) offset + i * SECTION_HEADER_BYTES;
        sections[i] =
            new Section(
                bytes.getInt(at + 4),
                bytes.getLong(at + 8),
                bytes.getLong(at + 24),
                bytes.getLong(at + 32),
                bytes.getInt(at + 40),
                bytes.getInt(at + 44));
      }
    }

    private boolean isInside(long offset, long size) {
      return offset >= 0 && size >= 0 && offset <= bytes.capacity() - size;
    }

    private void require(boolean condition, String record, String found, String acceptable)
        throws InvalidInputException {
      if (!condition) {
        throw new InvalidInputException(name, record, found, acceptable);
      }
    }

    private HookObject read() throws InvalidInputException {
      for (Section table : sections) {
        if (table.type() == SHT_SYMTAB && isInside(table.offset(), table.size())) {
          for (long at = table.offset();
              at + SYMBOL_BYTES <= table.offset() + table.size();
              at += SYMBOL_BYTES) {
            if (isHook((int) at, table.link())) {
              return function((int) at);
            }
          }
        }
      }
      throw new InvalidInputException(
          name, "symbols", "no global one of the name " + SYMBOL, "a function " + SYMBOL);
    }

    private boolean isHook(int symbol, int namesIndex) {
      if (bytes.get(symbol + 4) >> 4 != STB_GLOBAL
          || namesIndex < 0
          || namesIndex >= sections.length) {
        return false;
      }
      Section names = sections[namesIndex];
      byte[] wanted = (SYMBOL + "\0").getBytes(StandardCharsets.US_ASCII);
      long at = names.offset() + Integer.toUnsignedLong(bytes.getInt(symbol));
      if (!isInside(names.offset(), names.size()) || !isInside(at, wanted.length)) {
        return false;
      }
      byte[] found = new byte[wanted.length];
      bytes.get((int) at, found);
      return Arrays.equals(found, wanted);
    }

    private HookObject function(int symbol) throws InvalidInputException {
      int index = Short.toUnsignedInt(bytes.getShort(symbol + 6));
      long value = bytes.getLong(symbol + 8);
      require(index < sections.length, SYMBOL, "section " + index, "a section of the file");
      Section section = sections[index];
      require(
          section.type() == SHT_PROGBITS
              && (section.flags() & SHF_EXECINSTR) != 0
              && isInside(section.offset(), section.size()),
          SYMBOL,
          "a section without code",
          "a function");
      require(
          section.size() <= MOST_CODE_BYTES,
          SYMBOL,
          section.size() + " bytes",
          "at most " + MOST_CODE_BYTES);
      require(
          value >= 0 && value < section.size(),
          SYMBOL,
          "offset " + value,
          "one below the section's size, " + section.size());
      for (Section other : sections) {
        boolean isOfCode = other.type() == SHT_RELA || other.type() == SHT_REL;
        require(
            !isOfCode || other.info() != index || other.size() == 0,
            SYMBOL,
            "relocations",
            "code that refers to nothing outside of its section");
      }
      byte[] code = new byte[(int) section.size()];
      bytes.get((int) section.offset(), code);
      return new HookObject(ByteBlock.copyOf(code), (int) value);
    }
  }

  /**
   * Reads an object file.
   *
   * @throws InvalidInputException if it is none of the architecture, or has no such function
   */
  public static HookObject read(Path file, Architecture architecture)
      throws InvalidInputException, IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MOST_FILE_BYTES) {
      throw new InvalidInputException(
          file.toString(),
          "",
          Files.exists(file) ? "no regular file of moderate size" : "no such file",
          "an object file of at most " + MOST_FILE_BYTES + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    return new Reader(file.toString(), bytes, architecture).read();
  }
}
