package io.thaw.linker.model;

import java.util.Objects;

/**
 * What the identity calls answer.
 *
 * @param command name of the program, as in {@code /proc/PID/comm}
 * @param pid process
 * @param parentPid its parent
 * @param groupPid its process group
 * @param sessionPid its session
 * @param uid real user
 * @param effectiveUid effective user
 * @param gid real group
 * @param effectiveGid effective group
 */
public record ProcessIdentity(
    String command,
    long pid,
    long parentPid,
    long groupPid,
    long sessionPid,
    long uid,
    long effectiveUid,
    long gid,
    long effectiveGid) {

  public ProcessIdentity {
    Objects.requireNonNull(command);
  }
}
