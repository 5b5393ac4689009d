package io.thaw.app.text;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and instants as users write them. */
public final class Times {

  private static final Pattern DURATION =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h)?");

  private static final Map<String, BigDecimal> UNIT_NANOS =
      Map.of(
          "ms", BigDecimal.valueOf(1_000_000L),
          "s", BigDecimal.valueOf(1_000_000_000L),
          "m", BigDecimal.valueOf(60_000_000_000L),
          "h", BigDecimal.valueOf(3_600_000_000_000L));

  private Times() {}

  /**
   * A duration above zero: {@code 90}, {@code 1.5s}, {@code 500ms}, {@code 10m}, {@code 2h};
   * seconds if there is no unit.
   *
   * @throws IllegalArgumentException if {@code text} is no such duration
   */
  public static Duration parseDuration(String text) {
    Matcher form = DURATION.matcher(text);
    if (form.matches()) {
      BigDecimal unit = UNIT_NANOS.get(form.group(2) == null ? "s" : form.group(2));
      BigDecimal nanos = new BigDecimal(form.group(1)).multiply(unit);
      BigDecimal[] parts = nanos.divideAndRemainder(UNIT_NANOS.get("s"));
      Duration duration = Duration.ofSeconds(parts[0].longValue(), parts[1].longValue());
      if (!duration.isZero()) {
        return duration;
      }
    }
    throw new IllegalArgumentException(
        "found '" + text + "', acceptable: a time above zero such as 90, 1.5s, 500ms, 10m or 2h");
  }

  /**
   * Nanoseconds since 1970 of an instant in UTC (ISO 8601): {@code 2026-01-01T00:00:00Z}.
   *
   * @throws IllegalArgumentException if {@code text} is none, or before 1970, or after what 63 bits
   *     of nanoseconds reach (2262)
   */
  public static long parseInstantNanos(String text) {
    try {
      Instant instant = Instant.parse(text);
      long nanos =
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
      if (nanos >= 0) {
        return nanos;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Refused below, as an instant out of range is.
    }
    throw new IllegalArgumentException(
        "found '"
            + text
            + "', acceptable: an instant from 1970 to 2262 such as 2026-01-01T00:00:00Z");
  }
}
