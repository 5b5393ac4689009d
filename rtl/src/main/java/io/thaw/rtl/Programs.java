package io.thaw.rtl;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds programs: those of the Java that runs, then those on the {@code PATH}. */
final class Programs {

  private final List<Path> folders;

  Programs(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  static Programs ofThisMachine() {
    String path = System.getenv("PATH");
    List<Path> folders = new ArrayList<>();
    folders.add(Path.of(System.getProperty("java.home"), "bin"));
    for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
      if (!folder.isEmpty()) {
        folders.add(Path.of(folder));
      }
    }
    return new Programs(folders);
  }

  Optional<Path> find(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
