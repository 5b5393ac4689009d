package io.thaw.app.run;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds programs as a shell does. */
public final class Programs {

  private Programs() {}

  /** The program on the {@code PATH}. */
  public static Optional<Path> find(String name) {
    return find(name, searchPath());
  }

  static Optional<Path> find(String name, List<Path> searchPath) {
    return searchPath.stream().flatMap(folder -> atPath(folder.resolve(name)).stream()).findFirst();
  }

  /** The file, if it is a program. */
  static Optional<Path> atPath(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file)
        ? Optional.of(file)
        : Optional.empty();
  }

  static List<Path> searchPath() {
    String path = System.getenv("PATH");
    return path == null
        ? List.of()
        : Arrays.stream(path.split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of)
            .toList();
  }
}
