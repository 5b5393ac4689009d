package io.thaw.app.record;

import io.thaw.app.ptrace.MappedRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import net.fornwall.jelf.ElfException;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;
import net.fornwall.jelf.ElfSymbol;
import net.fornwall.jelf.ElfSymbolTableSection;
import org.jspecify.annotations.Nullable;

/** Functions of the ELF files that a process has mapped. */
final class LoadedSymbols {

  private static final int ELF_MAGIC = 0x7f454c46;

  private LoadedSymbols() {}

  /** Address of the function {@code name} in the first mapped file that defines it. */
  static OptionalLong find(int pid, String name) throws IOException {
    Map<String, MappedRange> files = new LinkedHashMap<>();
    for (MappedRange range : MappedRange.ofProcess(pid)) {
      if (range.inode() != 0 && range.offsetBytes() == 0) {
        files.putIfAbsent(range.name(), range);
      }
    }
    for (MappedRange range : files.values()) {
      OptionalLong vaddr = find(pid, range, name);
      if (vaddr.isPresent()) {
        return vaddr;
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong find(int pid, MappedRange range, String name) throws IOException {
    Path file = Path.of("/proc/" + pid + "/root" + range.name());
    if (!isElf(file)) {
      return OptionalLong.empty();
    }
    try {
      ElfFile elf = ElfFile.from(file);
      OptionalLong value = find(elf.getSymbolTableSection(), name);
      if (value.isEmpty()) {
        value = find(elf.getDynamicSymbolTableSection(), name);
      }
      ElfSegment first = elf.firstSegmentByType(ElfSegment.PT_LOAD);
      if (value.isEmpty() || first == null) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(
          range.startVaddr() - (first.p_vaddr - first.p_offset) + value.getAsLong());
    } catch (ElfException e) {
      return OptionalLong.empty(); // what is damaged has no symbols that could be found
    }
  }

  private static boolean isElf(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (var in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(Integer.BYTES);
      return head.length == Integer.BYTES && ByteBuffer.wrap(head).getInt() == ELF_MAGIC;
    }
  }

  private static OptionalLong find(@Nullable ElfSymbolTableSection table, String name) {
    if (table == null) {
      return OptionalLong.empty();
    }
    for (ElfSymbol symbol : table.symbols) {
      if (symbol.st_shndx != 0
          && symbol.getType() == ElfSymbol.STT_FUNC
          && name.equals(symbol.getName())) {
        return OptionalLong.of(symbol.st_value);
      }
    }
    return OptionalLong.empty();
  }
}
