package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import java.util.Optional;

/**
 * gem5, as far as a run's verdict goes: its script's results have the code with which the image
 * ended the simulation.
 *
 * @param architecture of the image
 * @param results what the script left; empty if it did not come so far
 */
record Gem5Machine(Architecture architecture, Optional<Gem5Results> results) implements Machine {

  @Override
  public String program() {
    return "gem5";
  }

  @Override
  public boolean reportsOnConsole() {
    return true;
  }

  @Override
  public boolean confirms(Verdict verdict, int exitStatus, String messages) {
    return results.isPresent() && results.get().code() == verdict.stubNumber();
  }

  Optional<RegionStatistics> region() {
    return results.flatMap(Gem5Results::region);
  }
}
