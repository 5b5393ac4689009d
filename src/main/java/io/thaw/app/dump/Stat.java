package io.thaw.app.dump;

import java.io.IOException;

/** {@code /proc/PID/stat}: numbers by their place in proc(5), which counts from 1. */
final class Stat {

  static final int GROUP = 5;
  static final int SESSION = 6;
  static final int FLAGS = 9;
  static final int NICE = 19;
  static final int START_CODE = 26;
  static final int END_CODE = 27;
  static final int START_STACK = 28;
  static final int PRIORITY = 40;
  static final int POLICY = 41;
  static final int START_DATA = 45;
  static final int END_DATA = 46;
  static final int START_BRK = 47;
  static final int ARG_START = 48;
  static final int ARG_END = 49;
  static final int ENV_START = 50;
  static final int ENV_END = 51;
  static final int EXIT_CODE = 52;

  private static final int FIRST_BEHIND_NAME = 3;

  private final String[] fields;

  private Stat(String[] fields) {
    this.fields = fields;
  }

  static Stat read(ProcFiles files) throws IOException {
    String text = files.text("stat").trim();
    // The name is in parentheses, and may have some of its own.
    Stat stat = new Stat(text.substring(text.lastIndexOf(')') + 2).split(" "));
    if (stat.fields.length <= EXIT_CODE - FIRST_BEHIND_NAME) {
      throw new IOException(files.name() + ": its stat has " + stat.fields.length + " fields");
    }
    return stat;
  }

  long get(int field) {
    String text = fields[field - FIRST_BEHIND_NAME];
    return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
  }
}
