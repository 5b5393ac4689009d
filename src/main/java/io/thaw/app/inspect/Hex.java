package io.thaw.app.inspect;

/** Addresses and masks as they are shown. */
final class Hex {

  private Hex() {}

  static String of(long value) {
    return String.format("0x%x", value);
  }
}
