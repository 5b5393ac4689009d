package io.thaw.app.cli;

import io.thaw.app.text.Quantities;
import io.thaw.app.text.Times;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From words of the command line to values. */
final class Converters {

  private Converters() {}

  @FunctionalInterface
  private interface Parser<T> {
    T parse(String text);
  }

  private static <T> T convert(String text, Parser<T> parser) {
    try {
      return parser.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** A number of bytes. */
  static final class SizeBytes implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Converters.convert(text, Quantities::parseSizeBytes);
    }
  }

  /** A number above zero. */
  static final class Count implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      long count = Converters.convert(text, Quantities::parseCount);
      if (count == 0) {
        throw new TypeConversionException("found '" + text + "', acceptable: 1 or more");
      }
      return count;
    }
  }

  /** A time above zero. */
  static final class Timeout implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Converters.convert(text, Times::parseDuration);
    }
  }

  /** Nanoseconds since 1970. */
  static final class InstantNanos implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Converters.convert(text, Times::parseInstantNanos);
    }
  }

  /** A platform by its name. */
  static final class PlatformByName implements ITypeConverter<Platform> {
    @Override
    public Platform convert(String text) {
      return Platforms.byName(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "found '" + text + "', acceptable: " + String.join(", ", Platforms.names())));
    }
  }
}
