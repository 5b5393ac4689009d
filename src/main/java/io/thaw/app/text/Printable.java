package io.thaw.app.text;

/** Text from outside, made fit for a terminal: names in dumps may hold anything. */
public final class Printable {

  private Printable() {}

  /** {@code text} with control characters, line feeds included, as {@code \xNN}. */
  public static String line(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder line = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                line.append(String.format("\\x%02x", c));
              } else {
                line.append((char) c);
              }
            });
    return line.toString();
  }
}
