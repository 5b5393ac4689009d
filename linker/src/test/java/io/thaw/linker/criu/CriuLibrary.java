package io.thaw.linker.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CRIU's library for images, pycriu, which Debian has in its package {@code criu}. */
final class CriuLibrary {

  private static final int NO_LIBRARY = 3;

  /** Debian installs the library for its own Python, which need not be the first on the path. */
  private static final List<Path> PYTHONS = List.of(Path.of("/usr/bin/python3"));

  private CriuLibrary() {}

  /**
   * Decodes every image of a dump; fails if one is not as it should be, and skips the test if there
   * is no such library.
   *
   * @return a line for each image
   */
  static List<String> check(Path folder) throws IOException, InterruptedException {
    String python =
        PYTHONS.stream().filter(Files::isExecutable).map(Path::toString).findFirst().orElse("");
    if (python.isEmpty()) {
      skip("no python3");
    }
    Path script = Files.createTempFile("check_images", ".py");
    try (InputStream in = CriuLibrary.class.getResourceAsStream("check_images.py")) {
      Files.write(script, in.readAllBytes());
    }
    Process process =
        new ProcessBuilder(python, script.toString(), folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    Files.delete(script);
    if (status == NO_LIBRARY) {
      skip(said.strip());
    }
    assertThat(status).as(said).isZero();
    return said.lines().toList();
  }

  private static void skip(String reason) {
    String message =
        "SKIPPED: images are not checked against CRIU's own library ("
            + reason
            + "); apt-get"
            + " install criu python3-protobuf";
    System.err.println(message);
    abort(message);
  }
}
