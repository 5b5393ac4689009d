package io.thaw.app.inspect;

import io.thaw.app.text.Printable;
import io.thaw.app.text.Quantities;
import io.thaw.app.text.TextTable;
import io.thaw.app.text.TextTable.Align;
import io.thaw.linker.model.Manifest;
import java.util.ArrayList;
import java.util.List;

/** The mappings of a program and where their pages come from, as a table. */
final class MappingTable {

  private MappingTable() {}

  /** Title, header and rows; {@code pageSizeBytes} 0 if it is not known. */
  static List<String> lines(List<Manifest.Mapping> mappings, long pageSizeBytes) {
    TextTable table =
        new TextTable(
            Align.RIGHT,
            Align.RIGHT,
            Align.LEFT,
            Align.LEFT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.LEFT);
    table.row("start", "end", "", "kind", "dump", "file", "zero", "missing", "name");
    long pageCount = 0;
    for (Manifest.Mapping mapping : mappings) {
      pageCount += mapping.dumpPages() + mapping.filePages();
      table.row(
          String.format("%x", mapping.range().start()),
          String.format("%x", mapping.range().end()),
          mapping.protection(),
          mapping.kind(),
          Long.toString(mapping.dumpPages()),
          Long.toString(mapping.filePages()),
          Long.toString(mapping.zeroPages()),
          Long.toString(mapping.missingPages()),
          Printable.line(mapping.name()));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "mappings, in pages by where they come from"
            + (pageSizeBytes == 0
                ? ""
                : "; with content: " + Quantities.formatSize(pageCount * pageSizeBytes)));
    lines.addAll(table.lines("  "));
    return lines;
  }
}
