package io.thaw.linker.model.linux;

import java.util.Objects;

/**
 * An object of shared memory.
 *
 * @param number which one, as in the names of mappings
 * @param name name of a memfd, {@code /dev/zero} for anonymous memory
 * @param sizeBytes its size
 * @param uid its owner
 * @param gid its group
 * @param seals F_SEAL_ flags
 */
public record SharedMemoryDetails(
    long number, String name, long sizeBytes, int uid, int gid, int seals) {

  public SharedMemoryDetails {
    Objects.requireNonNull(name);
  }
}
