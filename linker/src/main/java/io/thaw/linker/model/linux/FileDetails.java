package io.thaw.linker.model.linux;

import io.thaw.linker.model.ByteBlock;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * By what a file is recognised.
 *
 * @param sizeBytes its size, for a regular file
 * @param mode type and permissions as in {@code st_mode}, 0 if unknown
 * @param buildId its build id, filled up with zeros to a multiple of four bytes
 */
public record FileDetails(OptionalLong sizeBytes, int mode, Optional<ByteBlock> buildId) {

  public FileDetails {
    Objects.requireNonNull(sizeBytes);
    Objects.requireNonNull(buildId);
  }
}
