package io.thaw.linker.format;

/** Which byte of a word is the one at the lowest address. */
public enum WordOrder {
  /** The least significant: the number is what a little-endian processor loads. */
  LITTLE,
  /** The most significant: the digits are in the order of memory. */
  BIG
}
