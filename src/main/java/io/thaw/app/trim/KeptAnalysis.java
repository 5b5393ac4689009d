package io.thaw.app.trim;

import io.thaw.linker.analysis.AnalysisFile;
import io.thaw.linker.analysis.IntervalAnalysis;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;

/** An analysis that was made before, by trimming or by {@code thaw analyze}. */
final class KeptAnalysis {

  private KeptAnalysis() {}

  /**
   * Reads one of an interval, counted from that on.
   *
   * @param wanted what it has to be of
   * @param instructions of the interval
   * @throws InvalidInputException if it is of another image or interval
   */
  static IntervalAnalysis read(Path file, AnalysisFile wanted, long instructions)
      throws InvalidInputException, IOException {
    AnalysisFile found = AnalysisFile.read(file);
    IntervalAnalysis analysis = AnalysisFile.analysis(file);
    long begin = found.skippedInstructions() + analysis.begin();
    if (!found.imageSha256().equals(wanted.imageSha256())
        || begin != wanted.skippedInstructions()
        || analysis.instructions() != instructions
        || analysis.isShort()) {
      throw new InvalidInputException(
          file.toString(),
          "image",
          String.format(
              "the analysis of image %s from instruction %,d on, %,d instructions%s",
              found.imageSha256(),
              begin,
              analysis.instructions(),
              analysis.isShort() ? " up to the program's end" : ""),
          String.format(
              "that of %s from %,d on, %,d",
              wanted.imageSha256(), wanted.skippedInstructions(), instructions));
    }
    return analysis.fromItsBegin();
  }
}
