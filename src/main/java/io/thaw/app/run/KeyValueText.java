package io.thaw.app.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The form in which stub and plugin report: lines {@code key=value} in ASCII, each ended by a line
 * feed, no key twice, the last line {@code end}. Rejects everything else.
 */
final class KeyValueText {

  private static final String END = "end";
  private static final int QUOTED_CHARS = 60;
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-f]{1,16}");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,20}");

  private KeyValueText() {}

  /** Values by key, in the order of the lines. */
  static Map<String, String> parse(List<String> lines) throws MalformedTextException {
    if (lines.isEmpty() || !lines.get(lines.size() - 1).equals(END)) {
      throw new MalformedTextException("the last line is not '" + END + "'");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines.subList(0, lines.size() - 1)) {
      int equals = line.indexOf('=');
      if (equals <= 0) {
        throw new MalformedTextException("not key=value: " + quote(line));
      }
      if (values.put(line.substring(0, equals), line.substring(equals + 1)) != null) {
        throw new MalformedTextException("twice: " + quote(line));
      }
    }
    return values;
  }

  /** Lines without their line feeds; at least one. */
  static List<String> lines(String text) throws MalformedTextException {
    if (!text.endsWith("\n")) {
      throw new MalformedTextException("the last line is cut off");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\n' && (c < ' ' || c > '~')) {
        throw new MalformedTextException(String.format("byte 0x%02x at %d", (int) c, i));
      }
    }
    return List.of(text.substring(0, text.length() - 1).split("\n", -1));
  }

  /** A number of 64 bits, unsigned: hexadecimal after {@code 0x}, else decimal. */
  static long number(Map<String, String> values, String key) throws MalformedTextException {
    String text = values.get(key);
    if (text == null) {
      throw new MalformedTextException("no line " + key + "=");
    }
    try {
      if (HEXADECIMAL.matcher(text).matches()) {
        return Long.parseUnsignedLong(text, /* beginIndex= */ 2, text.length(), /* radix= */ 16);
      }
      if (DECIMAL.matcher(text).matches()) {
        return Long.parseUnsignedLong(text);
      }
    } catch (NumberFormatException e) {
      // More than 64 bits.
    }
    throw new MalformedTextException(key + " is not a number: " + quote(text));
  }

  /** A number that is not negative. */
  static long count(Map<String, String> values, String key) throws MalformedTextException {
    long count = number(values, key);
    if (count < 0) {
      throw new MalformedTextException(key + " is too large");
    }
    return count;
  }

  private static String quote(String text) {
    return "'"
        + (text.length() > QUOTED_CHARS ? text.substring(0, QUOTED_CHARS) + "..." : text)
        + "'";
  }
}
