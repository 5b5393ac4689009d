package io.thaw.app.inspect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thaw.linker.trim.AnalysisFile;
import io.thaw.linker.trim.IntervalAnalysis;
import io.thaw.linker.trim.TouchedPage;
import java.util.Locale;

/** A kept analysis, for people and for machines. */
public final class AnalysisRendering {

  private AnalysisRendering() {}

  /** Lines without the last line feed. */
  public static String text(AnalysisFile of, IntervalAnalysis analysis) {
    return String.join(
        "\n",
        "analysis of an interval of image " + of.imageSha256(),
        String.format(
            Locale.ROOT,
            "  from instruction %,d on: %,d user instructions, %,d of them different",
            of.skippedInstructions() + analysis.begin(),
            analysis.end() - analysis.begin(),
            analysis.executions().size()),
        String.format(
            Locale.ROOT,
            "  %,d pages touched, %,d of them read before they are written: %,d words, %,d bytes",
            analysis.pages().size(),
            livePages(analysis),
            words(analysis),
            bytes(analysis)),
        String.format(
            Locale.ROOT,
            "  first pc 0x%x, next pc 0x%x; the last %,d pcs are in it",
            analysis.firstPc(),
            analysis.nextPc(),
            analysis.tail().size()));
  }

  public static ObjectNode json(AnalysisFile of, IntervalAnalysis analysis) {
    ObjectNode json = Json.object();
    json.put("kind", "analysis");
    json.put("imageSha256", of.imageSha256());
    json.put("skippedInstructions", of.skippedInstructions());
    json.put("instructions", analysis.end() - analysis.begin());
    json.put("differentInstructions", analysis.executions().size());
    json.put("touchedPages", analysis.pages().size());
    json.put("liveInPages", livePages(analysis));
    json.put("liveInWords", words(analysis));
    json.put("liveInBytes", bytes(analysis));
    json.put("firstPc", Hex.of(analysis.firstPc()));
    json.put("nextPc", Hex.of(analysis.nextPc()));
    json.put("tailInstructions", analysis.tail().size());
    return json;
  }

  private static long livePages(IntervalAnalysis analysis) {
    return analysis.pages().stream().filter(page -> !page.liveIn().isEmpty()).count();
  }

  private static long words(IntervalAnalysis analysis) {
    return analysis.pages().stream().mapToLong(TouchedPage::liveInWords).sum();
  }

  private static long bytes(IntervalAnalysis analysis) {
    return analysis.pages().stream().mapToLong(page -> page.liveIn().cardinality()).sum();
  }
}
