package io.thaw.app.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thaw.linker.analysis.AnalysisFile;
import io.thaw.linker.analysis.IntervalAnalysis;
import io.thaw.linker.analysis.Touch;
import io.thaw.linker.analysis.TouchedPage;
import io.thaw.linker.isa.IsaExtensions;
import io.thaw.linker.model.ByteBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A kept analysis, for people and for machines. */
public final class AnalysisRendering {

  /** So many of the instructions that were executed most often are shown. */
  private static final int HOTTEST = 5;

  private AnalysisRendering() {}

  /** Lines without the last line feed. */
  public static String text(AnalysisFile of, IntervalAnalysis analysis) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "analysis of an interval of image " + of.imageSha256() + ", " + of.architecture().label());
    lines.add(
        line(
            "from instruction %,d on: %,d user instructions, %,d of them different%s",
            of.skippedInstructions() + analysis.begin(),
            analysis.instructions(),
            analysis.executions().size(),
            analysis.isShort() ? "; then the program ended" : ""));
    lines.add(
        line(
            "%,d pages touched: %,d read first, %,d written, %,d fetched, %,d by the stub alone",
            analysis.pages().size(),
            pages(analysis, Touch.READ),
            pages(analysis, Touch.WRITE),
            pages(analysis, Touch.FETCH),
            analysis.pages().stream().filter(page -> !page.isOfProgram()).count()));
    lines.add(
        line(
            "words of 8 bytes: %,d read first, %,d written, %,d fetched",
            words(analysis, Touch.READ),
            words(analysis, Touch.WRITE),
            words(analysis, Touch.FETCH)));
    lines.add(
        line(
            "%,d pages read before they are written: %,d words, %,d bytes",
            livePages(analysis), liveWords(analysis), liveBytes(analysis)));
    List<String> extensions = extensions(of, analysis);
    lines.add(
        line(
            "instructions beyond the base: %s",
            extensions.isEmpty() ? "none" : String.join("; ", extensions)));
    if (analysis.vectors().sliceInstructions() > 0) {
      lines.add(
          line(
              "%,d basic-block vectors of %,d instructions each, %,d blocks",
              analysis.vectors().sliceCount(),
              analysis.vectors().sliceInstructions(),
              analysis.vectors().blockCount()));
    }
    lines.add(
        line(
            "first pc 0x%x, next pc 0x%x; the last %,d pcs are in it",
            analysis.firstPc(), analysis.nextPc(), analysis.tail().size()));
    for (Map.Entry<Long, Long> hot : hottest(analysis)) {
      lines.add(line("pc 0x%x executed %,d times", hot.getKey(), hot.getValue()));
    }
    if (analysis.unseenAccesses() > 0) {
      lines.add(line("warning: %s", unseen(analysis)));
    }
    return String.join("\n", lines);
  }

  private static String line(String format, Object... values) {
    return "  " + String.format(Locale.ROOT, format, values);
  }

  /** What it means that accesses were not seen. */
  public static String unseen(IntervalAnalysis analysis) {
    return String.format(
        Locale.ROOT,
        "%,d accesses to memory could not be seen: the pages are not complete",
        analysis.unseenAccesses());
  }

  /** The same as one object. */
  public static ObjectNode json(AnalysisFile of, IntervalAnalysis analysis) {
    ObjectNode json = Json.object();
    json.put("kind", "analysis");
    json.put("imageSha256", of.imageSha256());
    json.put("architecture", of.architecture().label());
    json.put("skippedInstructions", of.skippedInstructions() + analysis.begin());
    json.put("instructions", analysis.instructions());
    json.put("programEnded", analysis.isShort());
    json.put("differentInstructions", analysis.executions().size());
    json.put("unseenAccesses", analysis.unseenAccesses());
    json.put("touchedPages", analysis.pages().size());
    ObjectNode pages = json.putObject("pagesFirst");
    ObjectNode words = json.putObject("wordsFirst");
    for (Touch touch : Touch.values()) {
      pages.put(touch.label(), pages(analysis, touch));
      words.put(touch.label(), words(analysis, touch));
    }
    json.put("liveInPages", livePages(analysis));
    json.put("liveInWords", liveWords(analysis));
    json.put("liveInBytes", liveBytes(analysis));
    json.set("extensions", Json.strings(extensions(of, analysis)));
    json.put("sliceInstructions", analysis.vectors().sliceInstructions());
    json.put("slices", analysis.vectors().sliceCount());
    json.put("blocks", analysis.vectors().blockCount());
    json.put("firstPc", Hex.of(analysis.firstPc()));
    json.put("nextPc", Hex.of(analysis.nextPc()));
    json.put("tailInstructions", analysis.tail().size());
    ArrayNode hot = json.putArray("hottest");
    for (Map.Entry<Long, Long> entry : hottest(analysis)) {
      hot.addObject().put("pc", Hex.of(entry.getKey())).put("executions", entry.getValue());
    }
    return json;
  }

  private static List<Map.Entry<Long, Long>> hottest(IntervalAnalysis analysis) {
    return analysis.executions().entrySet().stream()
        .sorted(
            Map.Entry.<Long, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(HOTTEST)
        .toList();
  }

  private static List<String> extensions(AnalysisFile of, IntervalAnalysis analysis) {
    return IsaExtensions.of(
        of.architecture(), analysis.code().values().stream().map(ByteBlock::copyOf).toList());
  }

  private static long pages(IntervalAnalysis analysis, Touch touch) {
    return analysis.pages().stream()
        .filter(page -> page.firstTouch().filter(touch::equals).isPresent())
        .count();
  }

  private static long words(IntervalAnalysis analysis, Touch touch) {
    return analysis.pages().stream().mapToLong(page -> page.words().count(touch)).sum();
  }

  private static long livePages(IntervalAnalysis analysis) {
    return analysis.pages().stream().filter(page -> !page.liveIn().isEmpty()).count();
  }

  private static long liveWords(IntervalAnalysis analysis) {
    return analysis.pages().stream().mapToLong(TouchedPage::liveInWords).sum();
  }

  private static long liveBytes(IntervalAnalysis analysis) {
    return analysis.pages().stream().mapToLong(page -> page.liveIn().cardinality()).sum();
  }
}
