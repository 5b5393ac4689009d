package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The simulators that Thaw drives. */
public final class Simulators {

  private static final List<Simulator> ALL =
      List.of(
          QemuSimulator.installed(),
          BochsSimulator.installed(),
          Gem5Simulator.installed(),
          VerilatorSimulator.cached());

  private Simulators() {}

  public static List<String> names() {
    return ALL.stream().map(Simulator::name).toList();
  }

  /** By its own name, or by that of a platform which it is. */
  public static Optional<Simulator> byName(String name) {
    return ALL.stream()
        .filter(simulator -> simulator.name().equals(name) || isPlatform(simulator, name))
        .findFirst();
  }

  private static boolean isPlatform(Simulator simulator, String name) {
    return Arrays.stream(Architecture.values())
        .flatMap(architecture -> simulator.platformFor(architecture).stream())
        .anyMatch(platform -> platform.name().equals(name));
  }

  /**
   * The one of an image's platform, else the first one that runs it, among those with abilities.
   *
   * @throws InvalidInputException if none does
   */
  public static Simulator forImage(Path image, Manifest manifest, Set<Simulator.Ability> abilities)
      throws InvalidInputException {
    List<Simulator> able =
        ALL.stream().filter(simulator -> simulator.abilities().containsAll(abilities)).toList();
    return Stream.concat(
            able.stream().filter(simulator -> isOf(simulator, manifest)),
            able.stream().filter(simulator -> simulator.platforms().contains(manifest.platform())))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    image.toString(),
                    "manifest, platform",
                    "'" + PrintableText.line(manifest.platform()) + "'",
                    "one that a simulator of Thaw's has: "
                        + String.join(
                            ", ",
                            ALL.stream()
                                .flatMap(s -> s.platforms().stream())
                                .distinct()
                                .toList())));
  }

  private static boolean isOf(Simulator simulator, Manifest manifest) {
    return Architecture.byLabel(manifest.architecture())
        .flatMap(simulator::platformFor)
        .filter(platform -> platform.name().equals(manifest.platform()))
        .isPresent();
  }
}
