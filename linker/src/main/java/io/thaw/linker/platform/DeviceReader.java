package io.thaw.linker.platform;

import io.thaw.linker.model.Architecture;
import java.util.List;
import java.util.Optional;

/** Reads the tables {@code [console]} and {@code [report]}. */
final class DeviceReader {

  private static final List<String> KINDS = List.of("port", "store", "semihosting");
  private static final String ONE_OF = "one of " + String.join(", ", KINDS);

  private DeviceReader() {}

  /** The device that a table describes; none if there is no table. */
  static Device read(Optional<CheckedTable> table, Architecture architecture) {
    if (table.isEmpty()) {
      return Device.none();
    }
    Device device = read(table.get(), architecture);
    table.get().refuseOthers();
    return device;
  }

  private static Device read(CheckedTable table, Architecture architecture) {
    List<String> kinds = KINDS.stream().filter(table::has).toList();
    if (kinds.size() != 1) {
      table.refuseAll(kinds.isEmpty() ? "none of them" : String.join(" and ", kinds), ONE_OF);
      return Device.none();
    }
    boolean ports = architecture == Architecture.X86_64;
    switch (kinds.get(0)) {
      case "port" -> {
        if (!ports) {
          table.refuse("port", "a port on " + architecture.label(), "ports on x86-64 only");
        }
        return new Device(
            Device.Kind.PORT, number(table, "port", 0xffff), 1, ready(table, "ready-port", 0xffff));
      }
      case "store" -> {
        int widthBytes = widthBytes(table);
        long paddr = number(table, "store", Long.MAX_VALUE);
        if (paddr % widthBytes != 0) {
          table.refuse(
              "store", String.format("0x%x", paddr), "a multiple of its width, " + widthBytes);
        }
        return new Device(
            Device.Kind.STORE, paddr, widthBytes, ready(table, "ready-load", Long.MAX_VALUE));
      }
      default -> {
        if (ports) {
          table.refuse("semihosting", "semihosting on x86-64", "AArch64 or riscv64");
        }
        return table.isTrue("semihosting") ? Device.semihosting() : Device.none();
      }
    }
  }

  /** {@code width} of a store, in bytes. */
  static int widthBytes(CheckedTable table) {
    long width = table.number("width", "1, 2, 4 or 8 bytes").orElse(4);
    if (width != 1 && width != 2 && width != 4 && width != 8) {
      table.refuse("width", Long.toString(width), "1, 2, 4 or 8 bytes");
      return 4;
    }
    return (int) width;
  }

  private static Device.Ready ready(CheckedTable table, String key, long most) {
    if (!table.has(key) && !table.has("ready-mask")) {
      return Device.Ready.ALWAYS;
    }
    return new Device.Ready(
        number(table, key, most),
        number(table, "ready-mask", key.equals("ready-port") ? 0xff : 0xffffffffL));
  }

  private static long number(CheckedTable table, String key, long most) {
    String acceptable = String.format("a number from 0 to 0x%x", most);
    long value = table.requiredNumber(key, acceptable);
    if (value < 0 || value > most) {
      table.refuse(key, Long.toString(value), acceptable);
    }
    return value;
  }
}
