package io.thaw.linker.image;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Permissions of files that were made aside, which begin as the owner's alone. */
final class MadeFiles {

  private MadeFiles() {}

  /** Readable by all: an image is given to simulators that other users run. */
  static void setUsualPermissions(Path file) throws IOException {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    } catch (UnsupportedOperationException e) {
      throw new FileSystemException(file.toString(), null, "not a POSIX file system");
    }
  }
}
