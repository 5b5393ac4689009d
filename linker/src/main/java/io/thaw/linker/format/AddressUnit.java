package io.thaw.linker.format;

/** What an address in a hex file counts. */
public enum AddressUnit {
  /** Bytes of the file's memory. */
  BYTES,
  /** Words, as {@code $readmemh} does: the index into the array. */
  WORDS
}
