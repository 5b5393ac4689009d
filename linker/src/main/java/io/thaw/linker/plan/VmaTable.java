package io.thaw.linker.plan;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Vma;
import io.thaw.stubs.BootBlockLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The stub's table of mappings, {@code struct thaw_vma} of {@code boot_block.h}. */
final class VmaTable {

  private static final String STRUCTURE = "thaw_vma";

  /** Room for mappings that the program makes while it runs. */
  private static final int SPARE_ENTRIES = 1024;

  private VmaTable() {}

  static int capacity(List<Vma> vmas) {
    return vmas.size() + SPARE_ENTRIES;
  }

  /** Bytes of the whole table, unused entries included. */
  static long capacityBytes(List<Vma> vmas, BootBlockLayout layout) {
    return (long) capacity(vmas) * layout.sizeBytes(STRUCTURE);
  }

  /** The used entries. */
  static ByteBlock encode(List<Vma> vmas, BootBlockLayout layout) {
    int entrySize = layout.sizeBytes(STRUCTURE);
    ByteBuffer bytes = ByteBuffer.allocate(vmas.size() * entrySize).order(ByteOrder.LITTLE_ENDIAN);
    int start = Math.toIntExact(layout.field(STRUCTURE, "start_vaddr").value());
    int end = Math.toIntExact(layout.field(STRUCTURE, "end_vaddr").value());
    int flags = Math.toIntExact(layout.field(STRUCTURE, "flags").value());
    for (int i = 0; i < vmas.size(); i++) {
      Vma vma = vmas.get(i);
      bytes.putLong(i * entrySize + start, vma.startVaddr());
      bytes.putLong(i * entrySize + end, vma.endVaddr());
      bytes.putLong(i * entrySize + flags, flags(vma, layout));
    }
    return ByteBlock.copyOf(bytes.array());
  }

  /**
   * Whether pages of the mapping that have no frame are zero when touched. A file's are not: they
   * are beyond its end.
   */
  static boolean bornZero(Vma vma) {
    return vma.kind() == Vma.Kind.ANONYMOUS || vma.kind() == Vma.Kind.SHARED_MEMORY;
  }

  private static long flags(Vma vma, BootBlockLayout layout) {
    return (vma.protection().read() ? layout.number("VMA_READ") : 0)
        | (vma.protection().write() ? layout.number("VMA_WRITE") : 0)
        | (vma.protection().execute() ? layout.number("VMA_EXECUTE") : 0)
        | (bornZero(vma) ? layout.number("VMA_DEMAND_ZERO") : 0)
        | (vma.growsDown() ? layout.number("VMA_GROWS_DOWN") : 0)
        | (vma.shared() ? layout.number("VMA_SHARED") : 0);
  }
}
