package io.thaw.tests;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Memory as an image's segments say, read here once more and not by what is tested. */
final class ImageMemory {

  private static final int PT_LOAD = 1;
  private static final int CRC_POLYNOMIAL = 0x04c11db7;

  private ImageMemory() {}

  /** From {@code startPaddr} to the end of the last segment; ELF-64 object file format. */
  static byte[] of(Path image, long startPaddr) throws IOException {
    ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(image)).order(ByteOrder.LITTLE_ENDIAN);
    int headers = Math.toIntExact(elf.getLong(32));
    byte[] memory = new byte[0];
    for (int i = 0; i < elf.getShort(56); i++) {
      int header = headers + i * elf.getShort(54);
      if (elf.getInt(header) == PT_LOAD) {
        int at = Math.toIntExact(elf.getLong(header + 24) - startPaddr);
        int end = at + Math.toIntExact(elf.getLong(header + 40));
        memory = Arrays.copyOf(memory, Math.max(memory.length, end));
        elf.get(
            Math.toIntExact(elf.getLong(header + 8)),
            memory,
            at,
            Math.toIntExact(elf.getLong(header + 32)));
      }
    }
    return memory;
  }

  /** POSIX, {@code cksum}: a CRC of the bytes, then of their number. */
  static String cksum(byte[] bytes) {
    int crc = 0;
    for (byte value : bytes) {
      crc = with(crc, value);
    }
    for (int length = bytes.length; length != 0; length >>>= Byte.SIZE) {
      crc = with(crc, length);
    }
    return Integer.toUnsignedString(~crc);
  }

  private static int with(int crc, int value) {
    int next = crc ^ (value << 24);
    for (int i = 0; i < Byte.SIZE; i++) {
      next = (next << 1) ^ (next < 0 ? CRC_POLYNOMIAL : 0);
    }
    return next;
  }
}
