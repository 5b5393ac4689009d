package io.thaw.app.demo;

import io.thaw.app.text.Printable;
import java.util.ArrayList;
import java.util.List;

/** Where the frozen process had stopped, and how its output goes on. */
final class Excerpts {

  private static final int LAST_LINES_BEFORE = 2;
  private static final int FIRST_LINES_AFTER = 3;
  private static final int LAST_LINES_AFTER = 2;

  private Excerpts() {}

  static String of(String before, String after) {
    List<String> beforeLines = before.lines().toList();
    List<String> afterLines = after.lines().toList();
    List<String> lines = new ArrayList<>();
    int from = Math.max(0, beforeLines.size() - LAST_LINES_BEFORE);
    add(lines, "written when it was frozen", beforeLines.subList(from, beforeLines.size()));
    if (afterLines.size() <= FIRST_LINES_AFTER + LAST_LINES_AFTER) {
      add(lines, "written by the image", afterLines);
    } else {
      int to = afterLines.size() - LAST_LINES_AFTER;
      add(lines, "written by the image", afterLines.subList(0, FIRST_LINES_AFTER));
      lines.add("    ... " + (to - FIRST_LINES_AFTER) + " lines more ...");
      afterLines.subList(to, afterLines.size()).forEach(line -> addLine(lines, line));
    }
    return String.join("\n", lines);
  }

  private static void add(List<String> lines, String title, List<String> part) {
    lines.add("  " + title + (part.isEmpty() ? ": nothing" : ":"));
    part.forEach(line -> addLine(lines, line));
  }

  private static void addLine(List<String> lines, String line) {
    lines.add("    " + Printable.line(line));
  }
}
