package io.thaw.linker.format;

import io.thaw.linker.problem.ProblemLog;

/** Checks of options against an image. */
final class FitChecks {

  private static final long LIMIT_BYTES = 1L << 32;

  private FitChecks() {}

  static void base(MemoryImage image, long basePaddr, ProblemLog problems) {
    if (basePaddr > image.startPaddr()) {
      problems.add(
          image.name(),
          "segments",
          String.format("one at 0x%x, below the address base 0x%x", image.startPaddr(), basePaddr),
          String.format("an address base of 0x%x at most", image.startPaddr()));
    }
  }

  /** Memory and entry, counted from the base, must have addresses of 32 bits. */
  static void addressesOf32Bits(
      MemoryImage image, FormatKind kind, long basePaddr, ProblemLog problems) {
    base(image, basePaddr, problems);
    if (image.endPaddr() - basePaddr > LIMIT_BYTES) {
      problems.add(
          image.name(),
          "segments",
          String.format("memory up to 0x%x", image.endPaddr()),
          String.format(
              "4 GiB from the address base 0x%x in format %s; a higher base, or hex, bin",
              basePaddr, kind.label()));
    }
    long entry = image.entryPaddr() - basePaddr;
    if (image.entryPaddr() < basePaddr || entry >= LIMIT_BYTES) {
      problems.add(
          image.name(),
          "entry",
          String.format("0x%x", image.entryPaddr()),
          String.format("one within 4 GiB from the address base 0x%x", basePaddr));
    }
  }
}
