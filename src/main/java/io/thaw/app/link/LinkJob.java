package io.thaw.app.link;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.criu.CriuReader;
import io.thaw.linker.format.FormatKind;
import io.thaw.linker.format.ImageExporter;
import io.thaw.linker.format.ImageFormat;
import io.thaw.linker.format.MemoryImage;
import io.thaw.linker.image.AsideFile;
import io.thaw.linker.image.ImageReader;
import io.thaw.linker.image.ImageWriter;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Recording;
import io.thaw.linker.plan.ImagePlan;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.plan.Planner;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.progress.Progress;
import io.thaw.linker.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/**
 * An image to be linked.
 *
 * @param dump where the process comes from
 * @param platform what to link for, by the dump's architecture
 * @param options what else the user chose
 */
public record LinkJob(
    DumpOptions dump, Function<Architecture, Platform> platform, LinkOptions options) {

  public LinkJob {
    Objects.requireNonNull(dump);
    Objects.requireNonNull(platform);
    Objects.requireNonNull(options);
  }

  /**
   * Links and writes {@code image}, which appears whole or not at all.
   *
   * @return what was written
   * @throws InvalidInputException if the dump is invalid or unsupported
   * @throws IOException if the dump cannot be read or the image cannot be written
   */
  public ImagePlan link(Path image, Progress progress) throws InvalidInputException, IOException {
    try (FileTree tree = openDump(dump.dump())) {
      ImagePlan plan =
          RecordingReader.isRecording(tree)
              ? plan(RecordingReader.read(tree))
              : plan(read(tree, dump));
      ImageWriter.write(plan, image, progress);
      return plan;
    }
  }

  /**
   * Links and writes the files of {@code format} for {@code output}. Other formats than ELF come by
   * way of an ELF file beside them, which is gone in the end.
   *
   * @return what was written
   * @throws InvalidInputException as {@link #link(Path, Progress)}, or if the format cannot hold it
   * @throws IOException as {@link #link(Path, Progress)}
   */
  public ImagePlan link(Path output, ImageFormat format, Progress progress)
      throws InvalidInputException, IOException {
    if (format.kind() == FormatKind.ELF) {
      return link(output, progress);
    }
    try (AsideFile elf = AsideFile.of(output)) {
      ImagePlan plan = link(elf.path(), progress);
      MemoryImage image = MemoryImage.read(elf.path(), output.toString());
      ImageExporter.export(image, format, output, progress);
      return plan;
    }
  }

  /** The plan of an image of {@code checkpoint}; see {@link Planner#plan}. */
  public ImagePlan plan(Checkpoint checkpoint) throws InvalidInputException {
    return Planner.plan(checkpoint, platform.apply(checkpoint.architecture()), options);
  }

  /** The plan of an image of {@code recording}; see {@link Planner#plan}. */
  public ImagePlan plan(Recording recording) throws InvalidInputException {
    return Planner.plan(recording, platform.apply(recording.checkpoint().architecture()), options);
  }

  /**
   * A plain word on the likeliest mistakes, before anything else is looked at.
   *
   * @throws InvalidInputException if {@code dump} is not there, or is an image or another ELF file
   */
  public static void checkIsDump(Path dump) throws InvalidInputException, IOException {
    String acceptable = "a folder or a tar of CRIU image files";
    if (!Files.exists(dump)) {
      throw new InvalidInputException(dump.toString(), "", "no such file", acceptable);
    }
    if (Files.isRegularFile(dump) && ImageReader.looksLikeElf(dump)) {
      throw new InvalidInputException(dump.toString(), "", "an ELF file", acceptable);
    }
  }

  /** Opens a dump; its temporary files go when the tree is closed. */
  public static FileTree openDump(Path dump) throws InvalidInputException, IOException {
    checkIsDump(dump);
    return FileTree.open(dump);
  }

  /** The process that {@code options} name; its pages stay in the files of {@code tree}. */
  public static Checkpoint read(FileTree tree, DumpOptions options)
      throws InvalidInputException, IOException {
    return CriuReader.read(tree, of(options));
  }

  /** The same, as far as it can be read without the files that the process had mapped. */
  public static CriuReader.Reading readWithoutFiles(FileTree tree, DumpOptions options)
      throws InvalidInputException, IOException {
    return CriuReader.readWithoutFiles(tree, of(options));
  }

  private static CriuReader.Options of(DumpOptions options) {
    return new CriuReader.Options(options.sysroot(), options.pid());
  }
}
