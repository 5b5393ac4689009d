package io.thaw.app.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The files through which a simulator's run is seen, in a folder of their own.
 *
 * <p>Output goes through plain files and not through pipes: QEMU's serial port does not wait for a
 * full pipe but drops bytes, and a file can neither block the simulator nor lose its last bytes.
 */
final class RunFiles implements AutoCloseable {

  private final Path folder;
  private final AtShutdown atShutdown;

  private RunFiles(Path folder) {
    this.folder = folder;
    this.atShutdown = new AtShutdown(this::delete);
  }

  static RunFiles create() throws IOException {
    RunFiles files = new RunFiles(Files.createTempDirectory("thaw-run-"));
    Files.createFile(files.console());
    Files.createFile(files.report());
    Files.createFile(files.messages());
    Files.createFile(files.standardOutput());
    return files;
  }

  Path folder() {
    return folder;
  }

  /** What the program writes. */
  Path console() {
    return folder.resolve("console");
  }

  /** What the stub reports. */
  Path report() {
    return folder.resolve("report");
  }

  /** What a simulator writes to stdout whose report comes there. */
  Path standardOutput() {
    return folder.resolve("stdout");
  }

  /** What the simulator itself writes. */
  Path messages() {
    return folder.resolve("messages");
  }

  Path plugin() {
    return folder.resolve("plugin.so");
  }

  Path pluginResult() {
    return folder.resolve("plugin-result");
  }

  /** The first bytes of a file as text, a character for each byte; empty if it is not there. */
  static String head(Path file, int mostBytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(mostBytes), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  @Override
  public void close() {
    atShutdown.forget();
    delete();
  }

  /** What cannot be deleted is left to the system's own tidying. */
  private void delete() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // Nothing that a user could do about it, and no reason to spoil the run.
    }
  }
}
