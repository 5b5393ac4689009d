package io.thaw.app.cli;

import io.thaw.app.record.IsaLevel;
import io.thaw.app.record.RecordOptions.DumperKind;
import io.thaw.app.run.Simulator;
import io.thaw.app.run.Simulators;
import io.thaw.app.text.Quantities;
import io.thaw.app.text.Times;
import io.thaw.linker.trim.Keep;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
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

  /** A number above zero, of 31 bits. */
  static final class Seed implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      long seed = Converters.convert(text, Quantities::parseCount);
      if (seed == 0 || seed > Integer.MAX_VALUE) {
        throw new TypeConversionException("found '" + text + "', acceptable: 1 to 2147483647");
      }
      return (int) seed;
    }
  }

  /** A user address, in hexadecimal behind 0x. */
  static final class VirtualAddress implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Converters.convert(text, Quantities::parseSizeBytes) & -4096L;
    }
  }

  /** What trimming keeps of a page. */
  static final class KeepByName implements ITypeConverter<Keep> {
    @Override
    public Keep convert(String text) {
      return Arrays.stream(Keep.values())
          .filter(keep -> keep.label().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "found '" + text + "', acceptable: pages, lines, words"));
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

  /** A simulator by its name. */
  static final class SimulatorByName implements ITypeConverter<Simulator> {
    @Override
    public Simulator convert(String text) {
      return Simulators.byName(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "found '"
                          + text
                          + "', acceptable: "
                          + String.join(", ", Simulators.names())));
    }
  }

  /** A level of the processor. */
  static final class Isa implements ITypeConverter<IsaLevel> {
    @Override
    public IsaLevel convert(String text) {
      return Arrays.stream(IsaLevel.values())
          .filter(level -> level.label().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "found '"
                          + text
                          + "', acceptable: "
                          + Arrays.stream(IsaLevel.values())
                              .map(IsaLevel::label)
                              .collect(Collectors.joining(", "))));
    }
  }

  /** What dumps a process. */
  static final class Dumper implements ITypeConverter<DumperKind> {
    @Override
    public DumperKind convert(String text) {
      return switch (text) {
        case "criu" -> DumperKind.CRIU;
        case "builtin" -> DumperKind.BUILTIN;
        default ->
            throw new TypeConversionException("found '" + text + "', acceptable: criu, builtin");
      };
    }
  }
}
