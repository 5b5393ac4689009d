package io.thaw.linker.archive;

import java.util.ArrayList;
import java.util.List;

/** Paths as lists of names. */
final class PathNames {

  private PathNames() {}

  /** The names of a path; empty ones and {@code .} are left out, {@code ..} is kept. */
  static List<String> split(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return names;
  }
}
