package io.thaw.app.trim;

import io.thaw.app.text.FileList;
import io.thaw.app.text.Printable;
import io.thaw.app.text.Quantities;
import io.thaw.app.text.TextTable;
import io.thaw.app.text.TextTable.Align;
import io.thaw.linker.model.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was trimmed, for people. */
public final class TrimText {

  private TrimText() {}

  /** Lines without the last line feed. */
  public static String of(Manifest manifest, List<Path> files) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(FileList.describe(files) + ", for " + manifest.platform());
    lines.addAll(lines(manifest));
    return String.join("\n", lines);
  }

  /** The lines about the interval of a trimmed image. */
  public static List<String> lines(Manifest manifest) {
    Manifest.Interval interval = manifest.interval();
    if (interval == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.addAll(summary(interval));
    lines.add("");
    lines.addAll(mappings(interval));
    return lines;
  }

  private static List<String> mappings(Manifest.Interval interval) {
    TextTable table =
        new TextTable(
            Align.RIGHT,
            Align.LEFT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.LEFT);
    table.row("mapping", "rights", "read", "words", "only written", "not used", "name");
    for (Manifest.TrimmedMapping mapping : interval.mappings()) {
      table.row(
          String.format("%x", mapping.range().start()),
          mapping.protection(),
          Long.toString(mapping.liveInPages()),
          Long.toString(mapping.liveInWords()),
          Long.toString(mapping.zeroFilledPages()),
          Long.toString(mapping.droppedPages()),
          Printable.line(mapping.name()));
    }
    return table.lines("  ");
  }

  private static List<String> summary(Manifest.Interval interval) {
    return List.of(
        String.format(
            Locale.ROOT,
            "  interval: %,d user instructions skipped, %,d of warm-up, %,d of the region",
            interval.skippedInstructions(),
            interval.warmupInstructions(),
            interval.instructions() - interval.warmupInstructions()),
        String.format(
            Locale.ROOT,
            "  used: %,d pages with %,d live-in words (%s), %,d pages that are only written",
            interval.liveInPages(),
            interval.liveInWords(),
            Quantities.formatSize(interval.liveInWords() * Long.BYTES),
            interval.zeroFilledPages()),
        String.format(
            Locale.ROOT,
            "  kept by %s: %s; dropped: %,d pages",
            interval.keep(),
            Quantities.formatSize(interval.keptBytes()),
            interval.droppedPages()),
        String.format(
            Locale.ROOT,
            "  end: %,d stops on the way; digest of registers %s%s",
            interval.markerHits(),
            interval.registersDigest(),
            interval.memoryDigest() == null
                ? ""
                : ", of written memory " + interval.memoryDigest()),
        "  instructions beyond the base: "
            + (interval.extensions().isEmpty()
                ? "none"
                : String.join("; ", interval.extensions())));
  }
}
