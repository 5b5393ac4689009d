package io.thaw.app.link;

import io.thaw.linker.format.FormatKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What an image is called when its user does not say. */
public final class ImageNames {

  /** What is appended to the dump's name, and then the format's suffix. */
  private static final String SUFFIX = ".thaw";

  /** Longer ones first: each is taken off at most once. */
  private static final List<String> ARCHIVE_SUFFIXES =
      List.of(".tar.gz", ".tar.xz", ".tar.zst", ".tgz", ".txz", ".tzst", ".tar");

  private ImageNames() {}

  /**
   * The name of an image of a dump: the dump's without the suffix of an archive, in the current
   * folder.
   *
   * @throws IOException if the dump is given as {@code .} or the like and is not there
   */
  public static Path of(Path dump, FormatKind kind) throws IOException {
    Path last = dump.toRealPath().getFileName();
    String name = last == null ? "dump" : last.toString();
    String lower = name.toLowerCase(Locale.ROOT);
    for (String suffix : ARCHIVE_SUFFIXES) {
      if (lower.endsWith(suffix) && lower.length() > suffix.length()) {
        name = name.substring(0, name.length() - suffix.length());
        break;
      }
    }
    return Path.of(name + SUFFIX + kind.suffix());
  }

  /**
   * The name of {@code image} in another format: its own with that suffix, in the current folder.
   */
  public static Path ofExport(Path image, FormatKind kind) {
    return ofConversion(image, kind.suffix());
  }

  /** The name of what is made of {@code image}: its own with that suffix. */
  public static Path ofConversion(Path image, String suffix) {
    String name = image.getFileName().toString();
    String elf = FormatKind.ELF.suffix();
    if (name.endsWith(elf) && name.length() > elf.length()) {
      name = name.substring(0, name.length() - elf.length());
    }
    return Path.of(name + suffix);
  }
}
