package io.thaw.app.run;

/**
 * What a simulator measured of the region: from behind the restore path or the warm-up to the
 * interval's end or the run's.
 *
 * @param instructions that the processor executed, the stub's among them
 * @param cycles of its clock
 */
public record RegionStatistics(long instructions, long cycles) {

  /** Cycles an instruction; 0 if there was none. */
  public double cyclesPerInstruction() {
    return instructions == 0 ? 0 : (double) cycles / instructions;
  }
}
