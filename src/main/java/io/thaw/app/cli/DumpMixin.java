package io.thaw.app.cli;

import io.thaw.app.link.DumpOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** The options of every command that reads a dump. */
final class DumpMixin {

  @Option(
      names = "--sysroot",
      paramLabel = "DIR",
      description =
          "Where the files are that the process had mapped, at their own paths. Default: a folder"
              + " sysroot in the dump or beside its image files, else /.")
  private Path sysroot;

  @Option(
      names = "--pid",
      paramLabel = "N",
      description = "The process to take. Default: the root of the dump's process tree.")
  private Long pid;

  DumpOptions options(Path dump) {
    return new DumpOptions(
        dump,
        Optional.ofNullable(sysroot),
        pid == null ? OptionalLong.empty() : OptionalLong.of(pid));
  }

  boolean given() {
    return sysroot != null || pid != null;
  }
}
