package io.thaw.app.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to run an image.
 *
 * @param timeout wall-clock time after which the simulator is ended
 * @param instructionLimit user instructions after which the run stops
 * @param count whether instructions are counted
 * @param traceFile gets the address of every user instruction, u64 little-endian
 */
public record RunOptions(
    Optional<Duration> timeout,
    OptionalLong instructionLimit,
    boolean count,
    Optional<Path> traceFile) {

  /** To the program's end, without counting. */
  public static final RunOptions DEFAULT =
      new RunOptions(Optional.empty(), OptionalLong.empty(), /* count= */ false, Optional.empty());

  public RunOptions {
    if (timeout.isPresent() && (timeout.get().isNegative() || timeout.get().isZero())) {
      throw new IllegalArgumentException("timeout " + timeout.get());
    }
    if (instructionLimit.isPresent() && instructionLimit.getAsLong() <= 0) {
      throw new IllegalArgumentException("instruction limit " + instructionLimit.getAsLong());
    }
  }

  public RunOptions withTimeout(Duration newTimeout) {
    return new RunOptions(Optional.of(newTimeout), instructionLimit, count, traceFile);
  }

  public RunOptions withInstructionLimit(long newLimit) {
    return new RunOptions(timeout, OptionalLong.of(newLimit), count, traceFile);
  }

  public RunOptions withCount() {
    return new RunOptions(timeout, instructionLimit, /* count= */ true, traceFile);
  }

  public RunOptions withTraceFile(Path newTraceFile) {
    return new RunOptions(timeout, instructionLimit, count, Optional.of(newTraceFile));
  }

  /** Whether the simulator has to look at each instruction. */
  boolean needsPlugin() {
    return count || instructionLimit.isPresent() || traceFile.isPresent();
  }
}
