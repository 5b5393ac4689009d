package io.thaw.app.dump;

import io.thaw.linker.model.Protection;
import java.util.Set;

/**
 * An entry of {@code /proc/PID/smaps}.
 *
 * @param startVaddr first address
 * @param endVaddr first address behind it
 * @param protection what the program may do there
 * @param shared whether it is MAP_SHARED
 * @param offsetBytes offset in the file
 * @param device major and minor number of the file's device
 * @param inode the file's inode, 0 if there is no file
 * @param name path, or name in brackets, or empty
 * @param residentBytes how much of it is in memory
 * @param swappedBytes how much of it is swapped out
 * @param flags the two letters of each flag of the kernel
 */
record Mapping(
    long startVaddr,
    long endVaddr,
    Protection protection,
    boolean shared,
    long offsetBytes,
    String device,
    long inode,
    String name,
    long residentBytes,
    long swappedBytes,
    Set<String> flags) {

  Mapping {
    flags = Set.copyOf(flags);
  }

  long sizeBytes() {
    return endVaddr - startVaddr;
  }

  /** The part from {@code start} up to but without {@code end}. */
  Mapping part(long start, long end) {
    return new Mapping(
        start,
        end,
        protection,
        shared,
        inode == 0 ? offsetBytes : offsetBytes + (start - startVaddr),
        device,
        inode,
        name,
        residentBytes,
        swappedBytes,
        flags);
  }

  /** Its name among the links of {@code /proc/PID/map_files}. */
  String linkName() {
    return "map_files/" + Long.toHexString(startVaddr) + "-" + Long.toHexString(endVaddr);
  }

  /** For messages. */
  String describe() {
    return String.format("mapping at 0x%x", startVaddr);
  }
}
