package io.thaw.app.link;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which process of which dump.
 *
 * @param dump folder or tar of CRIU image files
 * @param sysroot where the files are that the process had mapped; if empty, the dump's own place
 *     for them, else this machine's root
 * @param pid the process; if empty, the root of the dump's process tree
 */
public record DumpOptions(Path dump, Optional<Path> sysroot, OptionalLong pid) {

  public DumpOptions {
    Objects.requireNonNull(dump);
    Objects.requireNonNull(sysroot);
    Objects.requireNonNull(pid);
  }
}
