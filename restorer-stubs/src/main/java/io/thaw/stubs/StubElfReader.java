package io.thaw.stubs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSection;
import net.fornwall.jelf.ElfSegment;
import net.fornwall.jelf.ElfSymbol;
import net.fornwall.jelf.ElfSymbolTableSection;
import org.jspecify.annotations.Nullable;

/** Reads the ELF file that {@code lld} made of a stub with {@code common/stub.ld}. */
final class StubElfReader {

  /** {@code struct thaw_layout_entry} of {@code common/layout.c}: name, value, size. */
  private static final int LAYOUT_NAME_BYTES = 48;

  private static final int LAYOUT_ENTRY_BYTES = LAYOUT_NAME_BYTES + 16;

  private StubElfReader() {}

  static CompiledStub read(byte[] elf) {
    ElfFile file = ElfFile.from(elf);
    ElfSegment load = null;
    for (int i = 0; i < file.e_phnum; i++) {
      ElfSegment segment = file.getProgramHeader(i);
      if (segment.p_type == ElfSegment.PT_LOAD) {
        if (load != null) {
          throw new IllegalStateException("a stub has one PT_LOAD");
        }
        load = segment;
      }
    }
    if (load == null) {
      throw new IllegalStateException("a stub has one PT_LOAD");
    }
    byte[] code = new byte[Math.toIntExact(load.p_memsz)];
    System.arraycopy(elf, Math.toIntExact(load.p_offset), code, 0, Math.toIntExact(load.p_filesz));
    return new CompiledStub(
        load.p_vaddr,
        code,
        symbols((ElfSymbolTableSection) section(file, ".symtab")),
        fixups(elf, file.firstSectionByName(".thaw.fixups")),
        layout(data(elf, section(file, ".thaw.layout"))));
  }

  private static ElfSection section(ElfFile file, String name) {
    ElfSection section = file.firstSectionByName(name);
    if (section == null) {
      throw new IllegalStateException("the stub has no section " + name);
    }
    return section;
  }

  private static ByteBuffer data(byte[] elf, ElfSection section) {
    return ByteBuffer.wrap(
            elf, Math.toIntExact(section.header.sh_offset), Math.toIntExact(section.header.sh_size))
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Map<String, Long> symbols(ElfSymbolTableSection table) {
    Map<String, Long> symbols = new LinkedHashMap<>();
    for (ElfSymbol symbol : table.symbols) {
      if (symbol.getName() != null && symbol.getBinding() == ElfSymbol.BINDING_GLOBAL) {
        symbols.put(symbol.getName(), symbol.st_value);
      }
    }
    return symbols;
  }

  /** A stub whose boot page needs none has no such section. */
  private static List<Integer> fixups(byte[] elf, @Nullable ElfSection section) {
    if (section == null) {
      return List.of();
    }
    ByteBuffer data = data(elf, section);
    List<Integer> fixups = new ArrayList<>();
    while (data.hasRemaining()) {
      fixups.add(data.getInt());
    }
    return fixups;
  }

  private static BootBlockLayout layout(ByteBuffer data) {
    Map<String, BootBlockLayout.Entry> entries = new LinkedHashMap<>();
    byte[] name = new byte[LAYOUT_NAME_BYTES];
    while (data.remaining() >= LAYOUT_ENTRY_BYTES) {
      data.get(name);
      int length = 0;
      while (name[length] != 0) {
        length++;
      }
      entries.put(
          new String(name, 0, length, StandardCharsets.US_ASCII),
          new BootBlockLayout.Entry(data.getLong(), data.getLong()));
    }
    return new BootBlockLayout(entries);
  }
}
