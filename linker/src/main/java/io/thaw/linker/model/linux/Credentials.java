package io.thaw.linker.model.linux;

import java.util.List;
import java.util.Objects;

/**
 * What a thread may do, credentials(7).
 *
 * @param user user ids
 * @param group group ids
 * @param inheritable capabilities, bit N for capability N
 * @param permitted capabilities
 * @param effective capabilities
 * @param bounding capabilities
 * @param secureBits PR_SET_SECUREBITS
 * @param groups further groups
 */
public record Credentials(
    Ids user,
    Ids group,
    long inheritable,
    long permitted,
    long effective,
    long bounding,
    int secureBits,
    List<Integer> groups) {

  /**
   * The four ids of a kind.
   *
   * @param real who started it
   * @param effective whose rights it has
   * @param saved whose rights it may take
   * @param file whose rights it has to files
   */
  public record Ids(int real, int effective, int saved, int file) {}

  public Credentials {
    Objects.requireNonNull(user);
    Objects.requireNonNull(group);
    groups = List.copyOf(groups);
  }
}
