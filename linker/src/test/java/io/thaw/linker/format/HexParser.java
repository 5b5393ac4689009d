package io.thaw.linker.format;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads files for {@code $readmemh}, of whatever tool. */
final class HexParser {

  private HexParser() {}

  /** The words by address, {@code step} apart where the file does not say. */
  static NavigableMap<Long, BigInteger> words(Path file, long step) throws IOException {
    NavigableMap<Long, BigInteger> words = new TreeMap<>();
    long address = 0;
    for (String token : Files.readString(file).replaceAll("//.*", "").strip().split("\\s+", -1)) {
      if (token.startsWith("@")) {
        address = Long.parseLong(token.substring(1), 16);
      } else if (!token.isEmpty()) {
        if (words.put(address, new BigInteger(token, 16)) != null) {
          throw new AssertionError("twice: " + address);
        }
        address += step;
      }
    }
    return words;
  }

  /** Byte {@code position} of a word as it is in memory. */
  static byte byteOf(BigInteger word, int wordBytes, WordOrder order, int position) {
    int shift = 8 * (order == WordOrder.LITTLE ? position : wordBytes - 1 - position);
    return word.shiftRight(shift).byteValue();
  }
}
