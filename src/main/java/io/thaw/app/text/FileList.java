package io.thaw.app.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that were written together, as a format with banks does. */
public final class FileList {

  private FileList() {}

  /** Their names, and their size together. */
  public static String describe(List<Path> files) throws IOException {
    String last = files.size() == 1 ? "" : " to " + files.get(files.size() - 1);
    return files.get(0) + last + ": " + Quantities.formatSize(sizeBytes(files));
  }

  public static long sizeBytes(List<Path> files) throws IOException {
    long sizeBytes = 0;
    for (Path file : files) {
      sizeBytes += Files.size(file);
    }
    return sizeBytes;
  }
}
