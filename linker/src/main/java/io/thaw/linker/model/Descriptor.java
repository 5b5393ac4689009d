package io.thaw.linker.model;

import java.util.Objects;

/**
 * An open file of the process.
 *
 * @param fd its number
 * @param kind what is open
 * @param openFileId which open file description: equal for duplicates ({@code dup})
 * @param name path or other name, for messages
 * @param flags O_ flags in the numbers of the process's architecture
 * @param positionBytes file offset, for a regular file
 * @param sizeBytes size of a regular file
 * @param mode file type and permissions as in {@code st_mode}, 0 if unknown
 */
public record Descriptor(
    int fd,
    Kind kind,
    long openFileId,
    String name,
    long flags,
    long positionBytes,
    long sizeBytes,
    long mode) {

  /** What is open. */
  public enum Kind {
    REGULAR,
    PIPE,
    SOCKET,
    TERMINAL,
    OTHER
  }

  private static final int ACCESS_MODE = 3;

  public Descriptor {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(name);
  }

  /** Whether it was opened with O_WRONLY or O_RDWR. */
  public boolean writable() {
    long access = flags & ACCESS_MODE;
    return access == 1 || access == 2;
  }
}
