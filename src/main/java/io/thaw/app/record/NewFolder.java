package io.thaw.app.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a recording that is being made. Removed at the end, unless it is to be kept. */
final class NewFolder implements Closeable {

  private final Path folder;
  private boolean kept;

  /** A folder that is there already is somebody's, and stays. */
  NewFolder(Path folder) {
    this.folder = folder;
    this.kept = Files.exists(folder);
  }

  void keep() {
    kept = true;
  }

  @Override
  public void close() throws IOException {
    if (kept || !Files.exists(folder)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(folder)) {
      paths = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
