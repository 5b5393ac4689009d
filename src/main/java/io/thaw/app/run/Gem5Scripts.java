package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Thaw's scripts for gem5, those of the folder {@code gem5}, which are among the resources. */
final class Gem5Scripts {

  private static final String COMMON = "thaw_common.py";

  private Gem5Scripts() {}

  /** Writes what an architecture takes into a folder; the script to run is returned. */
  static Path write(Path folder, Architecture architecture) throws IOException {
    write(folder, COMMON);
    return write(
        folder,
        switch (architecture) {
          case X86_64 -> "thaw_x86.py";
          case AARCH64 -> "thaw_arm.py";
          case RISCV64 -> "thaw_riscv.py";
        });
  }

  private static Path write(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = Gem5Scripts.class.getResourceAsStream("/gem5/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      Files.copy(in, file);
    }
    return file;
  }
}
