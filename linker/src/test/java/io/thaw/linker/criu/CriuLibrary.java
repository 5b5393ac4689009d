package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CRIU's library for images, pycriu, which Debian has in its package {@code criu}. */
final class CriuLibrary {

  /** Debian installs the library for its own Python, which need not be the first on the path. */
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private CriuLibrary() {}

  /**
   * Decodes every image of a dump; fails if one is not as it should be, or if there is no such
   * library.
   *
   * @return a line for each image
   */
  static List<String> check(Path folder) throws IOException, InterruptedException {
    Path script = Files.createTempFile("check_images", ".py");
    try (InputStream in = CriuLibrary.class.getResourceAsStream("check_images.py")) {
      Files.write(script, in.readAllBytes());
    }
    Process process =
        new ProcessBuilder(PYTHON.toString(), script.toString(), folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    Files.delete(script);
    assertThat(status).as(said).isZero();
    return said.lines().toList();
  }
}
