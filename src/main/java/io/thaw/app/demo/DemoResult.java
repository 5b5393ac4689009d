package io.thaw.app.demo;

import io.thaw.app.run.RunResult;
import java.time.Duration;
import java.util.Objects;

/**
 * What came of one dump.
 *
 * @param dump the dump
 * @param imageSizeBytes size of the image's file
 * @param linkTime from the packed dump to the image
 * @param runTime from starting the simulator to its end
 * @param run what the run came to
 * @param output what the program wrote in it
 */
public record DemoResult(
    BundledDump dump,
    long imageSizeBytes,
    Duration linkTime,
    Duration runTime,
    RunResult run,
    String output) {

  public DemoResult {
    Objects.requireNonNull(dump);
    Objects.requireNonNull(linkTime);
    Objects.requireNonNull(runTime);
    Objects.requireNonNull(run);
    Objects.requireNonNull(output);
  }

  /** Whether the program wrote exactly what was left to write. */
  public boolean outputAsExpected() {
    return output.equals(dump.outputToCome());
  }

  public boolean good() {
    return run.exitStatus() == 0 && outputAsExpected();
  }
}
