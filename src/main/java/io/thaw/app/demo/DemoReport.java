package io.thaw.app.demo;

import io.thaw.app.run.RunResult;
import io.thaw.app.run.RunResultText;
import io.thaw.app.text.Quantities;
import io.thaw.app.text.TextTable;
import io.thaw.app.text.TextTable.Align;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The table at the end of the demonstration. */
final class DemoReport {

  private DemoReport() {}

  static String of(List<DemoResult> results) {
    TextTable table =
        new TextTable(
            Align.LEFT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.LEFT,
            Align.LEFT);
    table.row(
        "dump",
        "image",
        "link",
        "run",
        "instructions to restore",
        "of the program",
        "verdict",
        "output");
    for (DemoResult result : results) {
      table.row(
          result.dump().name(),
          Quantities.formatSize(result.imageSizeBytes()),
          seconds(result.linkTime()),
          seconds(result.runTime()),
          result.run().counts().map(c -> Quantities.formatCount(c.restore())).orElse("unknown"),
          result.run().counts().map(c -> Quantities.formatCount(c.user())).orElse("unknown"),
          verdict(result.run()),
          result.outputAsExpected()
              ? "as expected (" + result.output().lines().count() + " lines)"
              : "NOT AS EXPECTED");
    }
    return String.join("\n", table.lines(""));
  }

  /** The verdict's own words: the first line, up to the counts of swallowed bytes and the like. */
  private static String verdict(RunResult run) {
    String line = RunResultText.render(run).lines().findFirst().orElse("");
    String words = line.startsWith("verdict: ") ? line.substring("verdict: ".length()) : line;
    int comma = words.indexOf(',');
    return comma < 0 ? words : words.substring(0, comma);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
  }
}
