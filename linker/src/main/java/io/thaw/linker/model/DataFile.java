package io.thaw.linker.model;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A range of a real, uncompressed file that holds the bytes of a file: the whole of it, or a member
 * of a tar.
 *
 * @param name the file as the user knows it, for messages
 * @param path the real file
 * @param startBytes offset in the real file of the first byte
 * @param sizeBytes number of bytes
 */
public record DataFile(String name, Path path, long startBytes, long sizeBytes) {

  public DataFile {
    Objects.requireNonNull(name);
    Objects.requireNonNull(path);
  }
}
