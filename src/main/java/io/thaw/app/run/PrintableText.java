package io.thaw.app.run;

import java.util.stream.Collectors;

/** Text of others made fit for a terminal: no control characters, and no more than is useful. */
final class PrintableText {

  private static final int MOST_CHARS = 2000;

  private PrintableText() {}

  /** Lines of printable text, the first 2000 characters of it. */
  static String lines(String text) {
    String stripped = text.strip();
    String cut = stripped.length() > MOST_CHARS ? stripped.substring(0, MOST_CHARS) : stripped;
    return cut.lines().map(PrintableText::line).collect(Collectors.joining("\n"));
  }

  /** One line of printable text. */
  static String line(String text) {
    String cut = text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) + "..." : text;
    return cut.codePoints()
        .map(c -> Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
