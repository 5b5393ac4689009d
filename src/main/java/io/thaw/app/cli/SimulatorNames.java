package io.thaw.app.cli;

import io.thaw.app.run.Simulators;
import java.util.Iterator;

/** The simulators, for help and completion. */
final class SimulatorNames implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return Simulators.names().iterator();
  }
}
