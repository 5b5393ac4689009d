package io.thaw.linker.trim;

import io.thaw.linker.analysis.TouchedPage;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The program's page tables in an image's memory: three to five levels, leaves of 4 KiB. */
final class UserTables {

  private static final int MOST_LEVELS = 5;
  private static final int PAGE_BITS = 12;
  private static final int INDEX_BITS = 9;
  private static final int PAGE_BYTES = TouchedPage.SIZE_BYTES;

  /** A table, its level (0 has the leaves) and the first vaddr that it covers. */
  static final class Table {
    private final long paddr;
    private final int level;
    private final long vaddr;
    private final long[] entries;

    private Table(long paddr, int level, long vaddr, long[] entries) {
      this.paddr = paddr;
      this.level = level;
      this.vaddr = vaddr;
      this.entries = entries;
    }

    long paddr() {
      return paddr;
    }

    byte[] toBytes() {
      ByteBuffer bytes = ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asLongBuffer().put(entries);
      return bytes.array();
    }
  }

  /** Changes an entry of the lowest level. */
  interface LeafEdit {
    long edit(long vaddr, long entry);
  }

  private final PteBits bits;
  private final long rootPaddr;
  private final int levels;
  private final Map<Long, Table> tables = new TreeMap<>();

  private UserTables(PteBits bits, long rootPaddr, int levels) {
    this.bits = bits;
    this.rootPaddr = rootPaddr;
    this.levels = levels;
  }

  /**
   * Reads all of them.
   *
   * @throws InvalidInputException if they are none: a table twice, or outside the image
   */
  static UserTables read(String name, ImageMemory memory, PteBits bits, StubImage stub)
      throws InvalidInputException, IOException {
    long levels = stub.field("table_levels");
    if (levels < 1 || levels > MOST_LEVELS) {
      throw new InvalidInputException(
          name, "table_levels", Long.toUnsignedString(levels), "1 to " + MOST_LEVELS);
    }
    UserTables all = new UserTables(bits, stub.field("user_root_paddr"), (int) levels);
    all.read(name, memory, all.rootPaddr, all.levels - 1, 0);
    return all;
  }

  private void read(String name, ImageMemory memory, long paddr, int level, long vaddr)
      throws InvalidInputException, IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(memory.read(paddr, PAGE_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    long[] entries = new long[PteBits.ENTRIES];
    bytes.asLongBuffer().get(entries);
    if (tables.put(paddr, new Table(paddr, level, vaddr, entries)) != null) {
      throw new InvalidInputException(
          name, "page tables", String.format("table 0x%x twice", paddr), "a tree");
    }
    if (level > 0) {
      for (int i = 0; i < (level == levels - 1 ? bits.userEntries() : PteBits.ENTRIES); i++) {
        if ((entries[i] & PteBits.PRESENT) != 0) {
          read(name, memory, bits.frame(entries[i]), level - 1, vaddr + i * span(level));
        }
      }
    }
  }

  private static long span(int level) {
    return 1L << (PAGE_BITS + INDEX_BITS * level);
  }

  boolean has(long paddr) {
    return tables.containsKey(paddr);
  }

  Iterable<Table> all() {
    return tables.values();
  }

  /** The entry of the lowest level for a vaddr, 0 if there is no table. */
  long leaf(long vaddr) {
    Table table = leafTable(vaddr);
    return table == null ? 0 : table.entries[index(vaddr, 0)];
  }

  void setLeaf(long vaddr, long entry) {
    Table table = leafTable(vaddr);
    if (table == null) {
      throw new IllegalArgumentException(String.format("no table for 0x%x", vaddr));
    }
    table.entries[index(vaddr, 0)] = entry;
  }

  /** Where in memory the entry of the lowest level is. */
  long leafPaddr(long vaddr) {
    Table table = leafTable(vaddr);
    if (table == null) {
      throw new IllegalArgumentException(String.format("no table for 0x%x", vaddr));
    }
    return table.paddr + (long) index(vaddr, 0) * Long.BYTES;
  }

  private @Nullable Table leafTable(long vaddr) {
    Table table = tables.get(rootPaddr);
    for (int level = levels - 1; level > 0; level--) {
      long entry = table.entries[index(vaddr, level)];
      if ((entry & PteBits.PRESENT) == 0) {
        return null;
      }
      table = tables.get(bits.frame(entry));
      if (table == null) {
        return null; // of the stub's half
      }
    }
    return table;
  }

  private static int index(long vaddr, int level) {
    return (int) (vaddr >>> (PAGE_BITS + INDEX_BITS * level)) & (PteBits.ENTRIES - 1);
  }

  void editLeaves(LeafEdit edit) {
    for (Table table : tables.values()) {
      for (int i = 0; table.level == 0 && i < PteBits.ENTRIES; i++) {
        if (table.entries[i] != 0) {
          table.entries[i] = edit.edit(table.vaddr + i * span(0), table.entries[i]);
        }
      }
    }
  }

  /** Takes tables out that say nothing, unless they are needed where they are. */
  void prune(LongPredicate needed) {
    for (int level = 0; level < levels - 1; level++) {
      int pruned = level;
      tables
          .values()
          .removeIf(
              table ->
                  table.level == pruned && isEmpty(table.entries) && !needed.test(table.paddr));
      for (Table table : tables.values()) {
        for (int i = 0; table.level == level + 1 && i < entriesOf(table); i++) {
          long entry = table.entries[i];
          if ((entry & PteBits.PRESENT) != 0 && !tables.containsKey(bits.frame(entry))) {
            table.entries[i] = 0;
          }
        }
      }
    }
  }

  private int entriesOf(Table table) {
    return table.level == levels - 1 ? bits.userEntries() : PteBits.ENTRIES;
  }

  private static boolean isEmpty(long[] entries) {
    for (long entry : entries) {
      if (entry != 0) {
        return false;
      }
    }
    return true;
  }
}
