package io.thaw.app.record;

import io.thaw.linker.model.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machine that recordings are made on. */
final class HostProcessor {

  private HostProcessor() {}

  static Architecture architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> Architecture.X86_64;
      case "aarch64" -> Architecture.AARCH64;
      default ->
          throw new UnsupportedOperationException(
              "recording on " + System.getProperty("os.arch") + ": x86-64 and aarch64 only");
    };
  }

  /** The processor's name, as {@code /proc/cpuinfo} has it. */
  static String name() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
      if (line.startsWith("model name") || line.startsWith("CPU part")) {
        return line.substring(line.indexOf(':') + 1).trim();
      }
    }
    return architecture().label();
  }

  /** The kernel's release. */
  static String kernel() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/osrelease")).trim();
  }

  /** What a program can learn of the machine without a trap. */
  static List<String> notTrapped(boolean counterTraps) {
    List<String> list = new ArrayList<>();
    if (architecture() == Architecture.X86_64) {
      list.addAll(List.of("CPUID", "RDRAND", "RDSEED", "RDPID", "XGETBV"));
    } else {
      list.add("identification registers (MRS MIDR_EL1 and its like)");
    }
    if (!counterTraps) {
      list.add(architecture() == Architecture.X86_64 ? "RDTSC" : "CNTVCT_EL0");
    }
    return list;
  }
}
