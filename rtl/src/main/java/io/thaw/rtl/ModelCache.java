package io.thaw.rtl;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Models that were built, each in a folder named by a digest of what it is made from. One process
 * builds at a time; a model appears whole or not at all.
 */
final class ModelCache {

  private static final String PROGRAM = "model";

  private final Path folder;

  ModelCache(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** Makes a model in an empty folder, and returns the program. */
  @FunctionalInterface
  interface Builder {
    Path build(Path folder)
        throws ToolsMissingException, ModelBuildException, IOException, InterruptedException;
  }

  /** Where the program of this digest is, or would be. */
  Path program(String digest) {
    return folder.resolve(digest).resolve(PROGRAM);
  }

  /**
   * The program of this digest, which is built if it is not there.
   *
   * @param progress told if another process has to be waited for
   */
  Path get(String digest, Builder builder, Consumer<String> progress)
      throws ToolsMissingException, ModelBuildException, IOException, InterruptedException {
    Path program = program(digest);
    if (Files.isExecutable(program)) {
      return program;
    }
    Files.createDirectories(folder);
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock(channel, progress);
      if (!Files.isExecutable(program)) {
        build(digest, builder);
      }
      return program;
    }
  }

  /** Until the channel is closed. */
  private static void lock(FileChannel channel, Consumer<String> progress) throws IOException {
    if (channel.tryLock() == null) {
      progress.accept("waiting for another process that builds it");
      channel.lock();
    }
  }

  /** What is left of a build that failed stays until the next one: its log says why. */
  private void build(String digest, Builder builder)
      throws ToolsMissingException, ModelBuildException, IOException, InterruptedException {
    Path building = folder.resolve(digest + ".building");
    Path ready = folder.resolve(digest + ".ready");
    for (Path old : List.of(building, ready, folder.resolve(digest))) {
      delete(old);
    }
    Files.createDirectory(building);
    Path program = builder.build(building);
    Files.createDirectory(ready);
    Files.move(program, ready.resolve(PROGRAM));
    if (Files.exists(RocketBuild.log(building))) {
      Files.move(RocketBuild.log(building), ready.resolve("build.log"));
    }
    Files.move(ready, folder.resolve(digest), StandardCopyOption.ATOMIC_MOVE);
    delete(building);
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (NoSuchFileException e) {
      // There is nothing to delete.
    }
  }
}
