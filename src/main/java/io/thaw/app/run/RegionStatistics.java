package io.thaw.app.run;

import java.util.OptionalLong;

/**
 * What was measured of the region: from behind the restore path or the warm-up to the interval's
 * end or the run's.
 *
 * @param instructions that the processor executed; a simulator counts the stub's with them, the
 *     processor's own counters do not
 * @param cycles of its clock
 * @param instructionsBefore instructions up to the region's begin, if they were counted: those of
 *     the restore path and of the warm-up
 */
public record RegionStatistics(long instructions, long cycles, OptionalLong instructionsBefore) {

  /** Of one who saw the region alone. */
  public RegionStatistics(long instructions, long cycles) {
    this(instructions, cycles, OptionalLong.empty());
  }

  /** Cycles an instruction; 0 if there was none. */
  public double cyclesPerInstruction() {
    return instructions == 0 ? 0 : (double) cycles / instructions;
  }
}
