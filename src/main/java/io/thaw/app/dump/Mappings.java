package io.thaw.app.dump;

import io.thaw.linker.model.Protection;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code /proc/PID/smaps}. */
final class Mappings {

  private static final int NAME_PART = 5;
  private static final long KIBIBYTE = 1024;

  private final List<Mapping> mappings = new ArrayList<>();
  private String head = "";
  private long residentBytes;
  private long swappedBytes;

  private Mappings() {}

  /** All mappings, in ascending order; without the kernel's own {@code [vsyscall]}. */
  static List<Mapping> read(ProcFiles files) throws IOException {
    Mappings reader = new Mappings();
    try (BufferedReader lines =
        Files.newBufferedReader(files.path("smaps"), StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.add(line);
      }
    }
    return List.copyOf(reader.mappings);
  }

  /** Keys begin with a capital letter, heads with a small digit; flags are an entry's last line. */
  private void add(String line) {
    int colon = line.indexOf(':');
    boolean isHead = !Character.isUpperCase(line.charAt(0));
    String key = isHead || colon < 0 ? "" : line.substring(0, colon);
    switch (key) {
      case "Rss" -> residentBytes = kibibytes(line, colon);
      case "Swap" -> swappedBytes = kibibytes(line, colon);
      case "VmFlags" -> finish(line.substring(colon + 1).trim());
      default -> head = isHead ? line : head;
    }
  }

  private static long kibibytes(String line, int colon) {
    String text = line.substring(colon + 1).trim();
    return Long.parseLong(text.substring(0, text.indexOf(' '))) * KIBIBYTE;
  }

  private void finish(String flags) {
    String[] parts = head.split(" +", NAME_PART + 1);
    String[] range = parts[0].split("-", 2);
    String rights = parts[1];
    String name = parts.length > NAME_PART ? parts[NAME_PART] : "";
    if (name.equals("[vsyscall]")) {
      return;
    }
    Set<String> known = new HashSet<>(List.of(flags.split(" ")));
    mappings.add(
        new Mapping(
            Long.parseUnsignedLong(range[0], 16),
            Long.parseUnsignedLong(range[1], 16),
            new Protection(
                rights.charAt(0) == 'r', rights.charAt(1) == 'w', rights.charAt(2) == 'x'),
            rights.charAt(3) == 's',
            Long.parseUnsignedLong(parts[2], 16),
            parts[3],
            Long.parseLong(parts[4]),
            name,
            residentBytes,
            swappedBytes,
            known));
  }
}
