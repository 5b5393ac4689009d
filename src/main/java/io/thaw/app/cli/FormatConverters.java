package io.thaw.app.cli;

import io.thaw.app.text.Quantities;
import io.thaw.linker.format.AddressUnit;
import io.thaw.linker.format.FormatKind;
import io.thaw.linker.format.WordOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From words of the command line to options of formats. */
final class FormatConverters {

  private FormatConverters() {}

  /** A format by its name. */
  static final class Kind implements ITypeConverter<FormatKind> {
    @Override
    public FormatKind convert(String text) {
      return FormatKind.byLabel(text).orElseThrow(() -> refused(text, FormatKind.labels()));
    }
  }

  /** Which byte comes first. */
  static final class Order implements ITypeConverter<WordOrder> {
    @Override
    public WordOrder convert(String text) {
      return constant(WordOrder.values(), text);
    }
  }

  /** What addresses count. */
  static final class Unit implements ITypeConverter<AddressUnit> {
    @Override
    public AddressUnit convert(String text) {
      return constant(AddressUnit.values(), text);
    }
  }

  /** An address. */
  static final class Address implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return number(text);
    }
  }

  /** A number whose range the format checks. */
  static final class SmallCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      long number = number(text);
      if (number > Integer.MAX_VALUE) {
        throw refused(text, "a number below 2^31");
      }
      return (int) number;
    }
  }

  /** For completion. */
  static final class KindNames extends Names {
    KindNames() {
      super(Arrays.stream(FormatKind.values()).map(FormatKind::label));
    }
  }

  /** For completion. */
  static final class OrderNames extends Names {
    OrderNames() {
      super(names(WordOrder.values()));
    }
  }

  /** For completion. */
  static final class UnitNames extends Names {
    UnitNames() {
      super(names(AddressUnit.values()));
    }
  }

  private abstract static class Names implements Iterable<String> {
    private final List<String> names;

    Names(Stream<String> names) {
      this.names = names.toList();
    }

    @Override
    public Iterator<String> iterator() {
      return names.iterator();
    }
  }

  private static Stream<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(c -> c.name().toLowerCase(Locale.ROOT));
  }

  private static <E extends Enum<E>> E constant(E[] constants, String text) {
    return Arrays.stream(constants)
        .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> refused(text, String.join(", ", names(constants).toList())));
  }

  private static long number(String text) {
    try {
      return Quantities.parseCount(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static TypeConversionException refused(String found, String acceptable) {
    return new TypeConversionException("found '" + found + "', acceptable: " + acceptable);
  }
}
