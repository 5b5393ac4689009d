package io.thaw.app.run;

/**
 * What was measured of the region: from behind the restore path or the warm-up to the interval's
 * end or the run's.
 *
 * @param instructions that the processor executed; a simulator counts the stub's with them, the
 *     processor's own counters do not
 * @param cycles of its clock
 */
public record RegionStatistics(long instructions, long cycles) {

  /** Cycles an instruction; 0 if there was none. */
  public double cyclesPerInstruction() {
    return instructions == 0 ? 0 : (double) cycles / instructions;
  }
}
