package io.thaw.app.link;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What an image is called when its user does not say. */
public final class ImageNames {

  /** What is appended to the dump's name. */
  public static final String SUFFIX = ".thaw.elf";

  /** Longer ones first: each is taken off at most once. */
  private static final List<String> ARCHIVE_SUFFIXES =
      List.of(".tar.gz", ".tar.xz", ".tar.zst", ".tgz", ".txz", ".tzst", ".tar");

  private ImageNames() {}

  /**
   * The dump's name without the suffix of an archive, in the current folder.
   *
   * @throws IOException if the dump is given as {@code .} or the like and is not there
   */
  public static Path of(Path dump) throws IOException {
    Path last = dump.toRealPath().getFileName();
    String name = last == null ? "dump" : last.toString();
    String lower = name.toLowerCase(Locale.ROOT);
    for (String suffix : ARCHIVE_SUFFIXES) {
      if (lower.endsWith(suffix) && lower.length() > suffix.length()) {
        name = name.substring(0, name.length() - suffix.length());
        break;
      }
    }
    return Path.of(name + SUFFIX);
  }
}
