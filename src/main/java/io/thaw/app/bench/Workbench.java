package io.thaw.app.bench;

import io.thaw.app.run.QemuSimulator;
import io.thaw.app.run.RamFileRange;
import io.thaw.app.run.RunOptions;
import io.thaw.app.run.RunResult;
import io.thaw.app.run.ToolMissingException;
import io.thaw.app.run.Verdict;
import io.thaw.linker.analysis.AnalysisReader;
import io.thaw.linker.analysis.IntervalAnalysis;
import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.image.ImageReader;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.trim.ImageFacts;
import io.thaw.linker.trim.ImageMemory;
import io.thaw.linker.trim.MarkedImage;
import io.thaw.linker.trim.MarkerStep;
import io.thaw.linker.trim.RetargetedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of temporary files in which an image is run and looked at. */
public final class Workbench implements AutoCloseable {

  /** Runs are given a minute, and this many instructions a second: QEMU does many more. */
  private static final long LEAST_INSTRUCTIONS_A_SECOND = 500_000;

  private final Path folder;

  public Workbench() throws IOException {
    this.folder = Files.createTempDirectory("thaw-bench-");
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /** The image that {@code retarget} wrote. */
  public Path retargeted() {
    return file("retargeted.elf");
  }

  /**
   * Gives a copy of an image devices that QEMU has, if its platform's are others.
   *
   * @return its own devices then
   */
  public Optional<ByteBlock> retarget(Path image) throws InvalidInputException, IOException {
    ImageDescription description = ImageReader.read(image);
    if (QemuSimulator.installed().platforms().contains(description.manifest().platform())) {
      return Optional.empty();
    }
    Platform platform = Platforms.defaultFor(description.architecture());
    return Optional.of(RetargetedImage.write(image, description, platform, retargeted()));
  }

  /** What QEMU is told of an image on the bench, whose devices are QEMU's. */
  private static Manifest onQemu(Manifest manifest) {
    return QemuSimulator.installed().platforms().contains(manifest.platform())
        ? manifest
        : manifest.withPlatform(
            Platforms.defaultFor(Architecture.byLabel(manifest.architecture()).orElseThrow())
                .name());
  }

  /** What the latest analysing run left. */
  public Path rawAnalysis() {
    return file("analysis");
  }

  /** What a run came to, and what it has shown. */
  public record Analysed(IntervalAnalysis analysis, RunResult result) {}

  /**
   * Runs an image up to {@code end} user instructions and tells what the interval from {@code
   * begin} on uses.
   *
   * @throws AnalysisFailedException if the run came to no end of its own
   */
  public IntervalAnalysis analyse(Path image, long begin, long end)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    return analyse(
            image, begin, 0, RunOptions.DEFAULT.withInstructionLimit(end).withTimeout(timeout(end)))
        .analysis();
  }

  /**
   * Runs an image and tells what the interval from {@code begin} on uses.
   *
   * @param sliceInstructions of each basic-block vector, 0 for none
   * @param options how far, and how long
   * @throws AnalysisFailedException if the run came to no end of its own
   */
  public Analysed analyse(Path image, long begin, long sliceInstructions, RunOptions options)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    ImageDescription description = ImageReader.read(image);
    ImageFacts facts = ImageFacts.read(image, description);
    Path raw = rawAnalysis();
    Path ram = file("analysed-ram");
    Files.deleteIfExists(raw);
    Files.deleteIfExists(ram);
    RunResult result =
        run(
            image,
            description,
            options
                .withMemoryFile(ram)
                .withAnalysis(new RunOptions.Analysis(raw, begin, facts, sliceInstructions)));
    if (result.verdict() == Verdict.SIMULATOR_FAILED || result.verdict() == Verdict.TIME_OUT) {
      throw new AnalysisFailedException("the analysing run", result);
    }
    IntervalAnalysis analysis = AnalysisReader.read(raw);
    Files.deleteIfExists(ram);
    return new Analysed(analysis, result);
  }

  /** Runs a copy of an image up to a marker; RAM is in {@code ram} then. */
  public RunResult runToMarker(Path image, List<MarkerStep> steps, Path ram, long instructions)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    ImageDescription description = ImageReader.read(image);
    Path marked = file("marked.elf");
    MarkedImage.write(image, description, steps, /* patches= */ false, marked);
    Files.deleteIfExists(ram);
    RunResult result =
        run(marked, description, RunOptions.DEFAULT.withCount().withMemoryFile(ram), instructions);
    Files.delete(marked);
    return result;
  }

  /** Runs an image that has so many user instructions to go. */
  public RunResult run(
      Path image, ImageDescription description, RunOptions options, long instructions)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    return run(image, description, options.withTimeout(timeout(instructions)));
  }

  private static RunResult run(Path image, ImageDescription description, RunOptions options)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    return QemuSimulator.installed()
        .run(image, onQemu(description.manifest()), options, OutputStream.nullOutputStream());
  }

  private static Duration timeout(long instructions) {
    return Duration.ofSeconds(60 + instructions / LEAST_INSTRUCTIONS_A_SECOND);
  }

  /** How the RAM of an image's runs lies in its file. */
  public static List<ImageMemory.Piece> ramPieces(Path image)
      throws InvalidInputException, IOException {
    return QemuSimulator.installed()
        .ramFileRanges(image, onQemu(ImageReader.read(image).manifest()))
        .stream()
        .map(Workbench::piece)
        .toList();
  }

  private static ImageMemory.Piece piece(RamFileRange range) {
    long sizeBytes = range.endPaddr() - range.startPaddr();
    return new ImageMemory.Piece(range.startPaddr(), sizeBytes, range.offsetBytes(), sizeBytes);
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
