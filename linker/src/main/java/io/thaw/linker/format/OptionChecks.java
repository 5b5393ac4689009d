package io.thaw.linker.format;

/** Checks of options that need no image. */
final class OptionChecks {

  private OptionChecks() {}

  static void base(long basePaddr) {
    if (basePaddr < 0) {
      throw refused(String.format("address base 0x%x", basePaddr), "below 2^63");
    }
  }

  static void fill(int fill, boolean sparse) {
    if (fill < 0 || fill > 0xff) {
      throw refused("fill " + fill, "a byte, 0 to 255");
    }
    if (sparse && fill != 0) {
      throw refused(
          String.format("fill 0x%x of sparse memory", fill), "0, as what is left out is zero");
    }
  }

  static void powerOfTwo(String what, int value, int most) {
    if (value < 1 || value > most || Integer.bitCount(value) != 1) {
      throw refused(value + " " + what, "a power of two from 1 to " + most);
    }
  }

  static IllegalArgumentException refused(String found, String acceptable) {
    return new IllegalArgumentException("found " + found + ", acceptable: " + acceptable);
  }
}
