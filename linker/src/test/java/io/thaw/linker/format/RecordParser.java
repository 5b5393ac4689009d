package io.thaw.linker.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads Intel HEX and S-records, of whatever tool; an error of any kind is an AssertionError. */
final class RecordParser {

  private final NavigableMap<Long, Byte> bytes = new TreeMap<>();
  private long base;
  private long start = -1;
  private boolean ended;

  /** The memory by address. */
  NavigableMap<Long, Byte> bytes() {
    return bytes;
  }

  /** The entry, -1 if none was given. */
  long start() {
    return start;
  }

  static RecordParser intelHex(Path file) throws IOException {
    RecordParser parser = new RecordParser();
    for (String line : Files.readAllLines(file)) {
      require(line.startsWith(":") && !parser.ended, line);
      parser.intelRecord(line, HexFormat.of().parseHex(line.substring(1)));
    }
    require(parser.ended, "no end record");
    return parser;
  }

  static RecordParser sRecords(Path file) throws IOException {
    RecordParser parser = new RecordParser();
    for (String line : Files.readAllLines(file)) {
      require(line.startsWith("S") && !parser.ended, line);
      parser.sRecord(line, HexFormat.of().parseHex(line.substring(2)));
    }
    require(parser.ended, "no end record");
    return parser;
  }

  private void intelRecord(String line, byte[] record) {
    require((sum(record) & 0xff) == 0 && record.length == 5 + (record[0] & 0xff), line);
    long address = number(record, 1, 2);
    int size = record.length - 5;
    switch (record[3]) {
      case 0 -> {
        require(address + size <= 0x10000, line);
        put(base + address, record, 4, size);
      }
      case 1 -> ended = true;
      case 2 -> base = number(record, 4, 2) << 4;
      case 3 -> start = (number(record, 4, 2) << 4) + number(record, 6, 2);
      case 4 -> base = number(record, 4, 2) << 16;
      case 5 -> start = number(record, 4, 4);
      default -> throw new AssertionError(line);
    }
  }

  private void sRecord(String line, byte[] record) {
    require((sum(record) & 0xff) == 0xff && record.length == 1 + (record[0] & 0xff), line);
    switch (line.charAt(1)) {
      case '0' -> require(record.length >= 4, line);
      case '3' -> put(number(record, 1, 4), record, 5, record.length - 6);
      case '7' -> {
        start = number(record, 1, 4);
        ended = true;
      }
      default -> throw new AssertionError(line);
    }
  }

  private void put(long address, byte[] record, int from, int size) {
    require(size > 0, "empty record");
    for (int i = 0; i < size; i++) {
      require(bytes.put(address + i, record[from + i]) == null, "twice: " + (address + i));
    }
  }

  private static int sum(byte[] record) {
    int sum = 0;
    for (byte b : record) {
      sum += b;
    }
    return sum;
  }

  private static long number(byte[] record, int from, int size) {
    return Long.parseLong(HexFormat.of().formatHex(record, from, from + size), 16);
  }

  private static void require(boolean condition, String line) {
    if (!condition) {
      throw new AssertionError(line);
    }
  }
}
