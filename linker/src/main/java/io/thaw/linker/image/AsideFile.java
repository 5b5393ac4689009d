package io.thaw.linker.image;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file in the making, in the folder of the one that it will be. Until {@link #publish} there is
 * nothing, or an older file, under the name; what was not published is deleted on closing.
 */
public final class AsideFile implements Closeable {

  private final Path target;
  private final Path path;

  private AsideFile(Path target, Path path) {
    this.target = target;
    this.path = path;
  }

  /** An empty file beside {@code target}. */
  public static AsideFile of(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    return new AsideFile(target, Files.createTempFile(folder, "." + target.getFileName(), ".part"));
  }

  /** Where to write. */
  public Path path() {
    return path;
  }

  /** Gives the file its name, in place of an older one. */
  public void publish() throws IOException {
    MadeFiles.setUsualPermissions(path);
    try {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
