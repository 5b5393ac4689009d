package io.thaw.linker.plan;

import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.RamRange;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.ProblemLog;
import java.util.List;
import java.util.TreeSet;

/**
 * How the stub sees physical memory, of which it maps what it needs: the image's RAM, and the
 * platform's devices, which caches must keep away from.
 */
final class DirectMap {

  private final PteFormat format;

  /** Where the blocks of {@link PteFormat#deviceLevel} begin that hold devices. */
  private final TreeSet<Long> devicePaddrs = new TreeSet<>();

  private DirectMap(PteFormat format) {
    this.format = format;
  }

  /**
   * The view of a platform.
   *
   * @throws InvalidInputException if RAM or a device is where the stub does not see it, or both are
   *     in one block
   */
  static DirectMap of(Platform platform, PteFormat format) throws InvalidInputException {
    DirectMap map = new DirectMap(format);
    ProblemLog problems = new ProblemLog();
    long end = StubAddresses.STUB_VADDR - format.directMapVaddr();
    String reach = String.format("addresses below 0x%x, which the stub sees", end);
    for (RamRange range : platform.ram()) {
      if (range.endPaddr() > end) {
        String found = String.format("0x%x to 0x%x", range.startPaddr(), range.endPaddr());
        problems.add("platform " + platform.name(), "ram", found, reach);
      }
    }
    for (long device : platform.devicePaddrs().distinct().toArray()) {
      long blockSize = PageTables.entrySizeBytes(format.deviceLevel());
      long block = device & -blockSize;
      String found = String.format("a device at 0x%x", device);
      if (device < 0 || device >= end) {
        problems.add("platform " + platform.name(), "devices", found, reach);
      } else if (map.hasUncachedDevices() && overlaps(platform, block, blockSize)) {
        problems.add(
            "platform " + platform.name(),
            "devices",
            found + ", next to RAM",
            String.format(
                "no RAM from 0x%x to 0x%x, which is not cached", block, block + blockSize));
      }
      map.devicePaddrs.add(block);
    }
    problems.throwIfAny();
    return map;
  }

  private static boolean overlaps(Platform platform, long paddr, long sizeBytes) {
    return platform.ram().stream()
        .anyMatch(range -> range.startPaddr() < paddr + sizeBytes && paddr < range.endPaddr());
  }

  /** Makes the tables for all devices. */
  void reserveDevices(PageTables tables) {
    for (long paddr : devicePaddrs) {
      tables.reserve(format.directVaddr(paddr), 1, format.deviceLevel());
    }
  }

  /** Makes the tables for a region of RAM. */
  void reserve(PageTables tables, MemoryPlan.Region region) {
    forEachBlock(region, (paddr, level) -> tables.reserve(format.directVaddr(paddr), 1, level));
  }

  /** Sets the entries of all that was reserved. */
  void fill(PageTables tables, List<MemoryPlan.Region> regions) {
    for (long paddr : devicePaddrs) {
      tables.set(format.directVaddr(paddr), format.deviceLevel(), format.deviceBlock(paddr));
    }
    for (MemoryPlan.Region region : regions) {
      forEachBlock(
          region,
          (paddr, level) ->
              tables.set(format.directVaddr(paddr), level, format.directBlock(paddr)));
    }
  }

  private interface Block {
    void at(long paddr, int level);
  }

  /** Blocks of RAM are smaller where devices are near. */
  private void forEachBlock(MemoryPlan.Region region, Block block) {
    long large = PageTables.entrySizeBytes(format.directMapLevel());
    long small = PageTables.entrySizeBytes(format.deviceLevel());
    long end = region.paddr() + region.sizeBytes();
    for (long paddr = region.paddr() & -large; paddr < end; paddr += large) {
      if (!hasUncachedDevices() || devicePaddrs.subSet(paddr, paddr + large).isEmpty()) {
        block.at(paddr, format.directMapLevel());
        continue;
      }
      long first = Math.max(paddr, region.paddr() & -small);
      for (long part = first; part < Math.min(end, paddr + large); part += small) {
        block.at(part, format.deviceLevel());
      }
    }
  }

  /** Whether a device's entry is another one than RAM's. */
  private boolean hasUncachedDevices() {
    return format.deviceBlock(0) != format.directBlock(0);
  }
}
