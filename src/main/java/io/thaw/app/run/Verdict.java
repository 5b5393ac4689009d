package io.thaw.app.run;

import java.util.Arrays;
import java.util.Optional;

/** What a run came to. */
public enum Verdict {
  /** The program ended itself. */
  EXITED("exited", 1),
  /** A system call that the stub does not know. */
  UNKNOWN_CALL("unknown call", 2),
  /** An access outside the program's mappings. */
  PAGE_FAULT("page fault", 3),
  /** An access to a page that the dump did not have. */
  MISSING_PAGE("missing page", 4),
  /** Any other exception of the program. */
  PROGRAM_FAULT("program fault", 5),
  /** No frame was left for a page born in the run. */
  POOL_EXHAUSTED("memory pool exhausted", 6),
  /** An exception in the stub: a bug of Thaw. */
  STUB_FAULT("stub fault", 7),
  /** A recording was replayed to its end. */
  COMPLETE("complete", 8),
  /** The program was not on the recorded path. */
  DIVERGED("diverged", 9),
  /** A marker with nothing to compare: a means of Thaw itself, and no success. */
  MARKER("marker", 10),
  /** The instruction limit was reached. */
  STOPPED("stopped", 0),
  /** The time limit was reached. */
  TIME_OUT("time-out", 0),
  /** The simulator did not deliver a verdict that can be believed. */
  SIMULATOR_FAILED("simulator failed", 0);

  private final String label;
  private final long stubNumber;

  Verdict(String label, long stubNumber) {
    this.label = label;
    this.stubNumber = stubNumber;
  }

  /** The words users see. */
  public String label() {
    return label;
  }

  /**
   * {@code THAW_VERDICT_*} of {@code boot_block.h}, which the stub reports and gives to the exit
   * device; 0 for verdicts that are not the stub's.
   */
  public long stubNumber() {
    return stubNumber;
  }

  static Optional<Verdict> byStubNumber(long number) {
    return Arrays.stream(values())
        .filter(verdict -> verdict.stubNumber != 0 && verdict.stubNumber == number)
        .findFirst();
  }
}
