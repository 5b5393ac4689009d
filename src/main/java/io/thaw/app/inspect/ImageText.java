package io.thaw.app.inspect;

import io.thaw.app.text.Printable;
import io.thaw.app.text.Quantities;
import io.thaw.app.text.TextTable;
import io.thaw.app.text.TextTable.Align;
import io.thaw.app.trim.TrimText;
import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An image for people. */
public final class ImageText {

  private static final int MOST_SEGMENTS_SHOWN = 32;

  private ImageText() {}

  /** Lines without the last line feed. */
  public static String of(ImageDescription image) {
    Manifest manifest = image.manifest();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "image of process %d (%s) of %s, linked by thaw %s",
            manifest.pid(),
            Printable.line(manifest.command()),
            Printable.line(manifest.source()),
            Printable.line(manifest.toolVersion())));
    lines.add(
        String.format(
            "  %s for %s, restore path %s, file of %s",
            Printable.line(manifest.architecture()),
            Printable.line(manifest.platform()),
            Printable.line(manifest.restorePath()),
            Quantities.formatSize(image.fileSizeBytes())));
    lines.add(
        String.format(
            "  e_entry 0x%x; entries %s; RAM must reach 0x%x%s",
            image.entryPaddr(),
            manifest.entryPaddrs().stream().map(Hex::of).collect(Collectors.joining(", ")),
            manifest.ramEndPaddr(),
            manifest.needs().isEmpty()
                ? ""
                : "; needs " + Printable.line(String.join(", ", manifest.needs()))));
    lines.addAll(TrimText.lines(manifest));
    lines.add("");
    lines.add("segments");
    lines.addAll(segments(image));
    lines.add("");
    lines.add("regions of physical memory");
    lines.addAll(regions(manifest));
    lines.add("");
    lines.addAll(MappingTable.lines(manifest.mappings(), /* pageSizeBytes= */ 0));
    if (!manifest.warnings().isEmpty()) {
      lines.add("");
      manifest.warnings().forEach(warning -> lines.add("warning: " + Printable.line(warning)));
    }
    return String.join("\n", lines);
  }

  /** Of a trimmed image, which has hundreds, only the sum. */
  private static List<String> segments(ImageDescription image) {
    if (image.segments().size() > MOST_SEGMENTS_SHOWN) {
      return List.of(
          String.format(
              "  %d, %s in the file, %s in memory",
              image.segments().size(),
              Quantities.formatSize(
                  image.segments().stream()
                      .mapToLong(ImageDescription.Segment::fileSizeBytes)
                      .sum()),
              Quantities.formatSize(
                  image.segments().stream()
                      .mapToLong(ImageDescription.Segment::memorySizeBytes)
                      .sum())));
    }
    TextTable table = new TextTable(Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.RIGHT);
    table.row("paddr", "offset", "in the file", "in memory");
    for (ImageDescription.Segment segment : image.segments()) {
      table.row(
          Hex.of(segment.paddr()),
          Hex.of(segment.offsetBytes()),
          Quantities.formatSize(segment.fileSizeBytes()),
          Quantities.formatSize(segment.memorySizeBytes()));
    }
    return table.lines("  ");
  }

  private static List<String> regions(Manifest manifest) {
    TextTable table = new TextTable(Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT, Align.LEFT);
    table.row("start", "end", "size", "", "what");
    for (Manifest.Region region : manifest.regions()) {
      table.row(
          Hex.of(region.paddr()),
          Hex.of(region.paddr() + region.sizeBytes()),
          Quantities.formatSize(region.sizeBytes()),
          region.stored() ? "stored" : "zero",
          Printable.line(region.name()));
    }
    return table.lines("  ");
  }
}
