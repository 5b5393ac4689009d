package io.thaw.linker.model;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable run of bytes, for registers wider than a word. */
public final class ByteBlock {

  private final byte[] bytes;

  private ByteBlock(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of {@code bytes}. */
  public static ByteBlock copyOf(byte[] bytes) {
    return new ByteBlock(bytes.clone());
  }

  /** {@code sizeBytes} zeros. */
  public static ByteBlock zeros(int sizeBytes) {
    return new ByteBlock(new byte[sizeBytes]);
  }

  public int sizeBytes() {
    return bytes.length;
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return bytes.clone();
  }

  public boolean isZero() {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteBlock that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The bytes in memory order, in hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
