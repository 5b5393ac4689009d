package io.thaw.app.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as users write and read them: {@code 4096}, {@code 0x1000}, {@code 1_000_000}, {@code
 * 64M}, {@code 1.5Gi}. K, M, G and T are powers of 1000, Ki, Mi, Gi and Ti powers of 1024 (IEC
 * 80000-13).
 */
public final class Quantities {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:0[xX](?<hex>[0-9a-fA-F_]+)|(?<whole>[0-9_]+)(?<fraction>\\.[0-9]+)?)"
              + "(?<factor>[KMGT]i?)?(?<bytes>B)?");

  private static final Map<String, Long> FACTORS =
      Map.of(
          "K",
          1_000L,
          "M",
          1_000_000L,
          "G",
          1_000_000_000L,
          "T",
          1_000_000_000_000L,
          "Ki",
          1L << 10,
          "Mi",
          1L << 20,
          "Gi",
          1L << 30,
          "Ti",
          1L << 40);

  private static final String[] BINARY_UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};

  private Quantities() {}

  /**
   * A number of bytes; a last {@code B} is allowed.
   *
   * @throws IllegalArgumentException if {@code text} is no such number, or not a whole one, or does
   *     not fit in 63 bits
   */
  public static long parseSizeBytes(String text) {
    return parse(text, /* bytesAllowed= */ true, "a size such as 4096, 0x1000, 64M or 64Mi");
  }

  /**
   * A number of things.
   *
   * @throws IllegalArgumentException as {@link #parseSizeBytes}
   */
  public static long parseCount(String text) {
    return parse(text, /* bytesAllowed= */ false, "a number such as 1000, 0x3e8, 1_000 or 100M");
  }

  private static long parse(String text, boolean bytesAllowed, String acceptable) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || (form.group("bytes") != null && !bytesAllowed)) {
      throw refused(text, acceptable);
    }
    boolean hexadecimal = form.group("hex") != null;
    String digits = form.group(hexadecimal ? "hex" : "whole");
    if (digits.startsWith("_") || digits.endsWith("_")) {
      throw refused(text, acceptable);
    }
    try {
      BigDecimal value =
          new BigDecimal(new BigInteger(digits.replace("_", ""), hexadecimal ? 16 : 10));
      if (form.group("fraction") != null) {
        value = value.add(new BigDecimal("0" + form.group("fraction")));
      }
      if (form.group("factor") != null) {
        value = value.multiply(BigDecimal.valueOf(FACTORS.get(form.group("factor"))));
      }
      return value.longValueExact();
    } catch (ArithmeticException e) {
      throw refused(text, "a whole number below 2^63");
    }
  }

  /** A size to read: exact in bytes below 1024, else with three digits and a binary unit. */
  public static String formatSize(long sizeBytes) {
    BigDecimal value = new BigDecimal(Long.toUnsignedString(sizeBytes));
    int unit = 0;
    while (unit < BINARY_UNITS.length - 1 && value.compareTo(BigDecimal.valueOf(1024)) >= 0) {
      value = value.divide(BigDecimal.valueOf(1024));
      unit++;
    }
    int decimals = unit == 0 || value.compareTo(BigDecimal.valueOf(100)) >= 0 ? 0 : 1;
    return value.setScale(decimals, RoundingMode.HALF_UP) + " " + BINARY_UNITS[unit];
  }

  /** A count to read, with commas: {@code 1,234,567}. */
  public static String formatCount(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static IllegalArgumentException refused(String text, String acceptable) {
    return new IllegalArgumentException("found '" + text + "', acceptable: " + acceptable);
  }
}
