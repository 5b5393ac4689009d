package io.thaw.linker.platform;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the simulator is told, each list in its order.
 *
 * @param regionBegin where the warm-up is over
 * @param regionEnd where the interval ends, before the report
 * @param exit at the end of all; the first that ends the simulation is the last
 */
public record Hooks(List<Hook> regionBegin, List<Hook> regionEnd, List<Hook> exit) {

  public Hooks {
    regionBegin = List.copyOf(regionBegin);
    regionEnd = List.copyOf(regionEnd);
    exit = List.copyOf(exit);
  }

  /** All of them. */
  public Stream<Hook> all() {
    return Stream.of(regionBegin, regionEnd, exit).flatMap(List::stream);
  }
}
