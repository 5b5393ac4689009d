package io.thaw.linker.archive;

import io.thaw.linker.model.DataFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of this machine, from its root. */
final class DiskEntries implements Entries {

  private static Path resolve(List<String> path) {
    return Path.of("/", path.toArray(new String[0]));
  }

  @Override
  public Kind kind(List<String> path) {
    Path file;
    try {
      file = resolve(path);
    } catch (InvalidPathException e) {
      return Kind.ABSENT; // a NUL in a name that a dump gave
    }
    if (Files.isSymbolicLink(file)) {
      return Kind.LINK;
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      return Kind.FOLDER;
    }
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Kind.FILE : Kind.ABSENT;
  }

  @Override
  public String linkTarget(List<String> path) throws IOException {
    return Files.readSymbolicLink(resolve(path)).toString();
  }

  @Override
  public DataFile file(List<String> path, String name) throws IOException {
    Path file = resolve(path);
    return new DataFile(name, file, 0, Files.size(file));
  }

  @Override
  public List<String> list(List<String> path) throws IOException {
    try (Stream<Path> files = Files.list(resolve(path))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (AccessDeniedException e) {
      return List.of(); // as a folder beside the dump may be
    }
  }

  @Override
  public void close() {}
}
