package io.thaw.linker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.platform.RamRange;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the stub sees where, read from the tables as a processor does. */
class DirectMapTest {

  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;

  private static Platform platform(Architecture architecture, RamRange ram, Set<Long> devices) {
    Platform like = Platforms.defaultFor(architecture);
    return new Platform(
        "own",
        architecture,
        List.of(ram),
        like.entryPaddr(),
        like.processor(),
        like.console(),
        like.report(),
        like.hooks(),
        devices);
  }

  private static PteFormat format(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> new X86PteFormat();
      case AARCH64 -> new Aarch64PteFormat(4);
      case RISCV64 -> new Riscv64PteFormat(3);
    };
  }

  /** A leaf of the tables. */
  private record Leaf(int level, long entry) {}

  private static Leaf leaf(PageTables tables, PteFormat format, long vaddr) {
    ByteBuffer bytes = ByteBuffer.wrap(tables.toBytes().toArray()).order(ByteOrder.LITTLE_ENDIAN);
    long table = tables.stubRootPaddr();
    for (int level = format.stubLevels().orElse(format.levels()) - 1; ; level--) {
      long index = vaddr >>> (12 + 9 * level) & 511;
      long entry = bytes.getLong(Math.toIntExact(table + index * 8));
      if (entry == 0 || level == 0 || format.table(pointed(format, entry)) != entry) {
        return new Leaf(level, entry);
      }
      table = pointed(format, entry);
    }
  }

  private static long pointed(PteFormat format, long entry) {
    return format instanceof Riscv64PteFormat ? entry >>> 10 << 12 : entry & 0xffff_ffff_f000L;
  }

  private static PageTables map(
      Architecture architecture, long startPaddr, long endPaddr, Set<Long> devices)
      throws InvalidInputException {
    PteFormat format = format(architecture);
    RamRange ram = new RamRange(startPaddr, endPaddr);
    DirectMap map = DirectMap.of(platform(architecture, ram, devices), format);
    MemoryPlan.Region all =
        new MemoryPlan.Region("all", startPaddr, endPaddr - startPaddr, /* stored= */ true);
    PageTables tables = new PageTables(format);
    map.reserveDevices(tables);
    map.reserve(tables, all);
    tables.place(0);
    map.fill(tables, List.of(all));
    return tables;
  }

  /** The entry that the architecture has for a device and for RAM, at an address behind RAM. */
  @ParameterizedTest
  @CsvSource({
    "X86_64,  0x80e00000, 1, 0x80000000_80e001fb, 0x80000000_80c001e3, 1",
    "AARCH64, 0x80e00000, 1, 0x60000080e00405,    0x60000080c00701,    1",
    "RISCV64, 0x80e00000, 2, 0x200000e7,          0x200000e7,          2",
    "AARCH64, 0x09000000, 1, 0x60000009000405,    0x60000080000701,    2",
    "RISCV64, 0x10000000, 2, 0xe7,                0x200000e7,          2",
  })
  void devicesAreNotCachedAndRamIs(
      Architecture architecture,
      String devicePaddr,
      int deviceLevel,
      String deviceEntry,
      String ramEntry,
      int ramLevel)
      throws Exception {
    PteFormat format = format(architecture);
    long device = Long.decode(devicePaddr);

    PageTables tables = map(architecture, 2 * GIB, 2 * GIB + 14 * MIB, Set.of(device));

    assertThat(leaf(tables, format, format.directVaddr(device)))
        .isEqualTo(new Leaf(deviceLevel, parse(deviceEntry)));
    assertThat(leaf(tables, format, format.directVaddr(2 * GIB + 12 * MIB)))
        .isEqualTo(new Leaf(ramLevel, parse(ramEntry)));
  }

  private static long parse(String hex) {
    return Long.parseUnsignedLong(hex.substring(2).replace("_", ""), 16);
  }

  @Test
  void ramNearADeviceIsMappedInSmallBlocks() throws Exception {
    PteFormat format = format(Architecture.AARCH64);
    PageTables tables =
        map(Architecture.AARCH64, 2 * GIB, 4 * GIB + 2 * MIB, Set.of(4 * GIB + 4 * MIB));

    assertThat(leaf(tables, format, format.directVaddr(3 * GIB)).level()).isEqualTo(2);
    assertThat(leaf(tables, format, format.directVaddr(4 * GIB)).level()).isEqualTo(1);
    assertThat(leaf(tables, format, format.directVaddr(4 * GIB + 2 * MIB)).entry()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"X86_64", "AARCH64"})
  void aDeviceInTheLastBlockOfRamIsRefused(Architecture architecture) {
    assertThatThrownBy(
            () -> map(architecture, 2 * GIB, 2 * GIB + MIB, Set.of(2 * GIB + MIB + 4096)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("platform own: devices: found a device at 0x80101000, next to RAM")
        .hasMessageContaining("no RAM from 0x80000000 to 0x80200000");
  }

  @Test
  void whereCachesKnowDevicesTheyMayBeNextToRam() throws Exception {
    PteFormat format = format(Architecture.RISCV64);

    PageTables tables =
        map(Architecture.RISCV64, 2 * GIB, 2 * GIB + MIB, Set.of(2 * GIB + MIB + 4096));

    assertThat(leaf(tables, format, format.directVaddr(2 * GIB)).level()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "X86_64, 0x7f80000000",
    "AARCH64, 0x7f80000000",
    "RISCV64, 0x3f80000000",
  })
  void whatTheStubCannotSeeIsRefused(Architecture architecture, String end) {
    long reach = Long.decode(end);

    assertThatThrownBy(() -> map(architecture, 2 * GIB, reach + 2 * MIB, Set.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("platform own: ram: found 0x80000000 to")
        .hasMessageContaining("addresses below " + end);
    for (long device : new long[] {reach, -4096}) {
      assertThatThrownBy(() -> map(architecture, 2 * GIB, 3 * GIB, Set.of(device)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("devices: found a device at 0x" + Long.toHexString(device))
          .hasMessageContaining("addresses below " + end);
    }
  }
}
