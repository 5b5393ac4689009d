package io.thaw.app.trim;

import io.thaw.app.bench.Workbench;
import io.thaw.app.run.ToolMissingException;
import io.thaw.linker.analysis.IntervalAnalysis;
import io.thaw.linker.analysis.TouchedPage;
import io.thaw.linker.image.ImageReader;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.trim.ImageFacts;
import io.thaw.linker.trim.MarkerChooser;
import io.thaw.linker.trim.MarkerStep;
import io.thaw.linker.trim.MarkerStep.Action;
import io.thaw.linker.trim.MarkerStep.Arm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the ways to places in an image's run, with more runs where one does not tell enough. */
final class MarkerSearch {

  private final Workbench bench;
  private final Path image;
  private final ImageFacts facts;
  private final Architecture architecture;
  private final boolean onlyOverStraight;

  /**
   * For an image on a bench.
   *
   * @param onlyOverStraight whether a step of several hits takes an instruction that goes on to the
   *     next one
   */
  MarkerSearch(Workbench bench, Path image, boolean onlyOverStraight)
      throws InvalidInputException, IOException {
    this.bench = bench;
    this.image = image;
    this.facts = ImageFacts.read(image, ImageReader.read(image));
    this.onlyOverStraight = onlyOverStraight;
    this.architecture = ImageReader.read(image).architecture();
  }

  /**
   * The way to the end of {@code analysis}.
   *
   * @param analysis from the image's beginning
   * @param least where it may begin at the earliest: at a marker that comes before, or 0
   * @throws InvalidInputException if there is none
   */
  List<MarkerStep> find(IntervalAnalysis analysis, long least, Action action)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    MarkerChooser chooser = chooser(analysis, action);
    Optional<List<MarkerStep>> way = chooser.choose(least);
    if (way.isEmpty()) {
      Optional<TouchedPage> touch = chooser.latestTouch(least);
      if (touch.isPresent()) {
        way =
            chooser(bench.analyse(image, touch.get().firstIndex(), analysis.end()), action)
                .fromBegin(new Arm.Touch(touch.get().firstVaddr()));
      } else if (least > 0) {
        way = chooser(bench.analyse(image, least, analysis.end()), action).fromBegin(new Arm.Now());
      }
    }
    return way.orElseThrow(() -> noWay(analysis, chooser.cheapEnd(least)));
  }

  private InvalidInputException noWay(IntervalAnalysis analysis, OptionalLong cheapEnd) {
    String acceptable = "one more or fewer";
    if (onlyOverStraight) {
      acceptable =
          "one that the processor, which has no breakpoints, can be stopped at"
              + (cheapEnd.isPresent()
                  ? String.format(", as instruction %,d", cheapEnd.getAsLong())
                  : "");
    }
    return new InvalidInputException(
        "interval",
        "end",
        String.format(
            "instruction %,d, %s inside a loop, at pc 0x%x",
            analysis.end(), onlyOverStraight ? "one" : "a repeated one", analysis.nextPc()),
        acceptable);
  }

  /** Where an interval could end that takes one stop; see {@link MarkerChooser#cheapEnd}. */
  OptionalLong cheapEnd(IntervalAnalysis analysis, long least) {
    return chooser(analysis, Action.END).cheapEnd(least);
  }

  private MarkerChooser chooser(IntervalAnalysis analysis, Action action) {
    return new MarkerChooser(
        architecture, analysis, facts.replays(), facts.isMapped(), action, onlyOverStraight);
  }
}
