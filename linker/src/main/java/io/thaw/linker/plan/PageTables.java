package io.thaw.linker.plan;

import io.thaw.linker.model.ByteBlock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Page tables in the making. First every table is reserved, so that their number is known; then
 * they are given a place in physical memory; then entries are set.
 */
final class PageTables {

  static final int HARDWARE_PAGE_SIZE_BYTES = 4096;

  private static final int HARDWARE_PAGE_SHIFT = 12;
  private static final int INDEX_BITS = 9;
  private static final int ENTRY_COUNT = 1 << INDEX_BITS;

  /** A table; {@code number} is its place among all. Level 0 holds 4 KiB pages. */
  private static final class Table {
    final int number;
    final int level;
    final long[] entries = new long[ENTRY_COUNT];
    final Table[] children;

    Table(int number, int level) {
      this.number = number;
      this.level = level;
      this.children = level == 0 ? new Table[0] : new Table[ENTRY_COUNT];
    }
  }

  private final PteFormat format;

  private final List<Table> tables = new ArrayList<>();
  private final Table userRoot;
  private final Table stubRoot;
  private long startPaddr;

  PageTables(PteFormat format) {
    this.format = format;
    this.userRoot = newTable(format.levels() - 1);
    this.stubRoot =
        format.stubLevels().isPresent() ? newTable(format.stubLevels().getAsInt() - 1) : userRoot;
  }

  /** Bytes covered by one entry of a table at {@code level}. */
  static long entrySizeBytes(int level) {
    return 1L << (HARDWARE_PAGE_SHIFT + INDEX_BITS * level);
  }

  /** Makes the tables that entries of {@code level} for these addresses need. */
  void reserve(long vaddr, long sizeBytes, int level) {
    long step = entrySizeBytes(level + 1);
    long last = vaddr + sizeBytes - 1;
    for (long at = vaddr & -step; Long.compareUnsigned(at, last) <= 0; at += step) {
      Table table = root(at);
      for (int i = table.level; i > level; i--) {
        int index = index(at, i);
        if (table.children[index] == null) {
          table.children[index] = newTable(i - 1);
        }
        table = table.children[index];
      }
      if (at + step == 0) {
        return;
      }
    }
  }

  long sizeBytes() {
    return (long) tables.size() * HARDWARE_PAGE_SIZE_BYTES;
  }

  /** Gives the tables their place; only then can entries be set. */
  void place(long paddr) {
    startPaddr = paddr;
    for (Table table : tables) {
      for (int i = 0; i < table.children.length; i++) {
        if (table.children[i] != null) {
          table.entries[i] = format.table(paddr(table.children[i]));
        }
      }
    }
  }

  long userRootPaddr() {
    return paddr(userRoot);
  }

  long stubRootPaddr() {
    return paddr(stubRoot);
  }

  /** Sets the entry of {@code level} for an address whose tables were reserved. */
  void set(long vaddr, int level, long entry) {
    leafTable(vaddr, level).entries[index(vaddr, level)] = entry;
  }

  /** The 4 KiB entry of an address whose tables were reserved. */
  long get(long vaddr) {
    return leafTable(vaddr, 0).entries[index(vaddr, 0)];
  }

  /** The tables as bytes, in the order of their places. */
  ByteBlock toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(sizeBytes())).order(ByteOrder.LITTLE_ENDIAN);
    for (Table table : tables) {
      for (long entry : table.entries) {
        bytes.putLong(entry);
      }
    }
    return ByteBlock.copyOf(bytes.array());
  }

  private Table leafTable(long vaddr, int level) {
    Table table = root(vaddr);
    for (int i = table.level; i > level; i--) {
      table = table.children[index(vaddr, i)];
    }
    return table;
  }

  private Table newTable(int level) {
    Table table = new Table(tables.size(), level);
    tables.add(table);
    return table;
  }

  private Table root(long vaddr) {
    return vaddr < 0 ? stubRoot : userRoot;
  }

  private long paddr(Table table) {
    return startPaddr + (long) table.number * HARDWARE_PAGE_SIZE_BYTES;
  }

  private static int index(long vaddr, int level) {
    return (int) (vaddr >>> (HARDWARE_PAGE_SHIFT + INDEX_BITS * level)) & (ENTRY_COUNT - 1);
  }
}
