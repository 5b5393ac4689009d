package io.thaw.app.text;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells in columns as wide as their widest cell, two blanks apart. */
public final class TextTable {

  /** On which side of its column a cell stands. */
  public enum Align {
    LEFT,
    RIGHT
  }

  private final List<Align> aligns;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table of as many columns as {@code aligns}. */
  public TextTable(Align... aligns) {
    this.aligns = List.of(aligns);
  }

  /** Adds a row, one cell a column. */
  public TextTable row(String... cells) {
    if (cells.length != aligns.size()) {
      throw new IllegalArgumentException(cells.length + " cells in " + aligns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines, each after {@code indent}, without blanks at their ends. */
  public List<String> lines(String indent) {
    int[] widths = new int[aligns.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return rows.stream().map(row -> line(indent, row, widths)).toList();
  }

  private String line(String indent, List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder(indent);
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      String padding = " ".repeat(widths[column] - cell.length());
      line.append(column == 0 ? "" : "  ")
          .append(aligns.get(column) == Align.RIGHT ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }
}
