package io.thaw.linker.format;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats by the names that users give them. */
public enum FormatKind {
  /** As the linker writes it. */
  ELF("elf"),
  /** Flat bytes. */
  BIN("bin"),
  /** Text for {@code $readmemh}. */
  HEX("hex"),
  /** Intel HEX. */
  IHEX("ihex"),
  /** Motorola S-records. */
  SREC("srec");

  private final String label;

  FormatKind(String label) {
    this.label = label;
  }

  /** The name on the command line. */
  public String label() {
    return label;
  }

  /** What files of this format end with, a dot included. */
  public String suffix() {
    return "." + label;
  }

  /** The format that a user calls {@code label}. */
  public static Optional<FormatKind> byLabel(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
  }

  /** All names, as a list to read. */
  public static String labels() {
    return Arrays.stream(values()).map(FormatKind::label).collect(Collectors.joining(", "));
  }
}
