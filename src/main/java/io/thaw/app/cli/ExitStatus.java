package io.thaw.app.cli;

/** What {@code thaw} ends with, apart from verdicts, which {@code RunResult} numbers itself. */
final class ExitStatus {

  static final int DONE = 0;

  /** A bug in Thaw; a stack trace was printed. */
  static final int BUG = 1;

  static final int USAGE = 2;

  /** An input is invalid, damaged or unsupported. */
  static final int INVALID_INPUT = 3;

  /** A tool, a privilege or room on a disk is missing. */
  static final int MISSING = 4;

  /** A verdict that is not good. */
  static final int BAD_VERDICT = 5;

  private ExitStatus() {}
}
