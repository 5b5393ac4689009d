package io.thaw.app.doctor;

import io.thaw.app.run.Gem5Simulator;
import java.nio.file.Path;
import java.util.Optional;

/** gem5, which no package has. */
final class Gem5Check {

  private Gem5Check() {}

  static Finding ofThisMachine() {
    return of(Gem5Simulator.installed().found());
  }

  /** What is to be said of a gem5 that is there, or is not. */
  static Finding of(Optional<Path> program) {
    return new Finding(
        "gem5",
        "runs images with statistics of their region",
        program,
        Optional.empty(),
        "",
        program.isPresent() ? Optional.empty() : Optional.of(Gem5Simulator.REMEDY),
        "",
        /* optional= */ true);
  }
}
