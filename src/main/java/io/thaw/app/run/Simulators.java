package io.thaw.app.run;

import io.thaw.linker.model.Manifest;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The simulators that Thaw drives. */
public final class Simulators {

  private static final List<Simulator> ALL =
      List.of(QemuSimulator.installed(), VerilatorSimulator.cached());

  private Simulators() {}

  public static List<String> names() {
    return ALL.stream().map(Simulator::name).toList();
  }

  /** By its own name, or by that of a platform which it has. */
  public static Optional<Simulator> byName(String name) {
    return ALL.stream()
        .filter(simulator -> simulator.name().equals(name) || simulator.platforms().contains(name))
        .findFirst();
  }

  /**
   * The first one that runs an image.
   *
   * @throws InvalidInputException if none does
   */
  public static Simulator forImage(Path image, Manifest manifest) throws InvalidInputException {
    return ALL.stream()
        .filter(simulator -> simulator.platforms().contains(manifest.platform()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    image.toString(),
                    "manifest, platform",
                    "'" + PrintableText.line(manifest.platform()) + "'",
                    "one that a simulator of Thaw's has: "
                        + String.join(
                            ", ", ALL.stream().flatMap(s -> s.platforms().stream()).toList())));
  }
}
