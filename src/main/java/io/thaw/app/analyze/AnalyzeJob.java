package io.thaw.app.analyze;

import io.thaw.app.bench.AnalysisFailedException;
import io.thaw.app.bench.ImageDigest;
import io.thaw.app.bench.Workbench;
import io.thaw.app.run.RunOptions;
import io.thaw.app.run.RunResult;
import io.thaw.app.run.ToolMissingException;
import io.thaw.linker.analysis.AnalysisFile;
import io.thaw.linker.analysis.IntervalAnalysis;
import io.thaw.linker.image.ImageReader;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Analyses an interval of an image: QEMU runs it, and a file is left that says what it uses. */
public final class AnalyzeJob {

  /**
   * What is to be analysed.
   *
   * @param skip user instructions before the interval
   * @param instructions of the interval; up to the program's end if they are not given
   * @param sliceInstructions of each basic-block vector, 0 for none
   * @param timeout of the run
   */
  public record Request(
      long skip, OptionalLong instructions, long sliceInstructions, Optional<Duration> timeout) {}

  private final String name;
  private final Path image;
  private final Request request;

  /**
   * @param name what problems call the image
   */
  public AnalyzeJob(String name, Path image, Request request) {
    this.name = name;
    this.image = image;
    this.request = request;
  }

  /**
   * Analyses.
   *
   * @param target gets the analysis; vectors of the result are read from it
   * @throws InvalidInputException if the run ends before the interval does
   * @throws AnalysisFailedException if it comes to a verdict that is no end
   */
  public IntervalAnalysis analyze(Path target)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    try (Workbench bench = new Workbench()) {
      Path start = bench.retarget(image).isPresent() ? bench.retargeted() : image;
      RunOptions options = RunOptions.DEFAULT;
      if (request.instructions().isPresent()) {
        options = options.withInstructionLimit(end());
      }
      if (request.timeout().isPresent()) {
        options = options.withTimeout(request.timeout().get());
      }
      Workbench.Analysed analysed =
          bench.analyse(start, request.skip(), request.sliceInstructions(), options);
      check(analysed);
      new AnalysisFile(ImageDigest.sha256(image), ImageReader.read(image).architecture(), 0)
          .keep(bench.rawAnalysis(), target);
      return AnalysisFile.analysis(target);
    }
  }

  private long end() throws InvalidInputException {
    try {
      return Math.addExact(request.skip(), request.instructions().orElseThrow());
    } catch (ArithmeticException e) {
      throw new InvalidInputException(
          name,
          "--skip",
          request.skip() + " and --instructions " + request.instructions().orElseThrow(),
          "fewer than 2^63 in all");
    }
  }

  private void check(Workbench.Analysed analysed)
      throws InvalidInputException, AnalysisFailedException {
    RunResult result = analysed.result();
    boolean ended =
        switch (result.verdict()) {
          case STOPPED -> false;
          case EXITED, COMPLETE -> true;
          default -> throw new AnalysisFailedException("the analysing run", result);
        };
    long end = analysed.analysis().end();
    if (ended && (request.instructions().isPresent() || end <= request.skip())) {
      throw new InvalidInputException(
          name,
          request.instructions().isPresent() && end > request.skip() ? "--instructions" : "--skip",
          String.format(
              "an interval from user instruction %,d on%s",
              request.skip(),
              request.instructions().isPresent()
                  ? String.format(", of %,d", request.instructions().getAsLong())
                  : ""),
          String.format("one of the %,d that there are", end));
    }
  }
}
