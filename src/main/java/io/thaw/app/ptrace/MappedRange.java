package io.thaw.app.ptrace;

import io.thaw.linker.model.Protection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A line of {@code /proc/PID/maps}.
 *
 * @param startVaddr first address
 * @param endVaddr first address behind it
 * @param protection what the program may do there
 * @param shared whether it is MAP_SHARED
 * @param offsetBytes offset in the file
 * @param device major and minor number of the file's device, as the line has it
 * @param inode the file's inode, 0 if there is no file
 * @param name path, or name in brackets, or empty
 */
public record MappedRange(
    long startVaddr,
    long endVaddr,
    Protection protection,
    boolean shared,
    long offsetBytes,
    String device,
    long inode,
    String name) {

  /** All mappings of a process, in ascending order; without the kernel's own {@code [vsyscall]}. */
  public static List<MappedRange> ofProcess(int pid) throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/maps"));
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .lines()
        .map(MappedRange::parse)
        .filter(range -> !range.name().equals("[vsyscall]"))
        .toList();
  }

  static MappedRange parse(String line) {
    String[] parts = line.split(" +", 6);
    String[] range = parts[0].split("-", 2);
    String rights = parts[1];
    return new MappedRange(
        Long.parseUnsignedLong(range[0], 16),
        Long.parseUnsignedLong(range[1], 16),
        new Protection(rights.charAt(0) == 'r', rights.charAt(1) == 'w', rights.charAt(2) == 'x'),
        rights.charAt(3) == 's',
        Long.parseUnsignedLong(parts[2], 16),
        parts[3],
        Long.parseLong(parts[4]),
        parts.length > 5 ? parts[5] : "");
  }

  public long sizeBytes() {
    return endVaddr - startVaddr;
  }

  /** Whether the kernel keeps data for the vDSO's clocks and random numbers there. */
  public boolean isVdsoData() {
    return name.startsWith("[vvar");
  }
}
