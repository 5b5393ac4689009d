package io.thaw.app.link;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.image.ImageReader;
import io.thaw.linker.image.ImageWriter;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Recording;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.progress.Progress;
import io.thaw.linker.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be run: an image, or a recording or dump, which is linked for the occasion.
 * What was made for it goes when it is closed.
 */
public final class RunnableImage implements AutoCloseable {

  private final Path image;
  private final boolean isTemporary;
  private final @Nullable FileTree tree;
  private final @Nullable Recording recording;

  private RunnableImage(
      Path image, boolean isTemporary, @Nullable FileTree tree, @Nullable Recording recording) {
    this.image = image;
    this.isTemporary = isTemporary;
    this.tree = tree;
    this.recording = recording;
  }

  /**
   * Opens an image, or links one.
   *
   * @throws InvalidInputException if {@code path} is none of the three, or cannot be linked
   */
  public static RunnableImage open(Path path, Progress progress)
      throws InvalidInputException, IOException {
    return open(path, Platforms::defaultFor, progress);
  }

  /**
   * Opens an image, or links one.
   *
   * @param platform what to link for
   * @throws InvalidInputException if {@code path} is none of the three, or cannot be linked
   */
  public static RunnableImage open(
      Path path, Function<Architecture, Platform> platform, Progress progress)
      throws InvalidInputException, IOException {
    if (!Files.exists(path)) {
      throw new InvalidInputException(
          path.toString(), "", "no such file", "an image, a recording or a dump");
    }
    if (Files.isRegularFile(path) && ImageReader.looksLikeElf(path)) {
      return new RunnableImage(path, /* isTemporary= */ false, null, null);
    }
    FileTree tree = FileTree.open(path);
    Path image = Files.createTempFile("thaw", ".elf");
    boolean opened = false;
    try {
      LinkJob job =
          new LinkJob(
              new DumpOptions(path, Optional.empty(), OptionalLong.empty()),
              platform,
              LinkOptions.defaults());
      Recording recording = RecordingReader.isRecording(tree) ? RecordingReader.read(tree) : null;
      ImageWriter.write(
          recording != null ? job.plan(recording) : job.plan(LinkJob.read(tree, job.dump())),
          image,
          progress);
      opened = true;
      return new RunnableImage(image, /* isTemporary= */ true, tree, recording);
    } finally {
      if (!opened) {
        tree.close();
        Files.deleteIfExists(image);
      }
    }
  }

  public Path path() {
    return image;
  }

  public ImageDescription description() throws InvalidInputException, IOException {
    return ImageReader.read(image);
  }

  /** The recording that the image replays, if it was linked here. */
  public Optional<Recording> recording() {
    return Optional.ofNullable(recording);
  }

  @Override
  public void close() throws IOException {
    if (isTemporary) {
      Files.deleteIfExists(image);
    }
    if (tree != null) {
      tree.close();
    }
  }
}
