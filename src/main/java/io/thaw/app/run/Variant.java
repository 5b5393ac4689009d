package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One of a simulator's machines on which an architecture's images run alike. */
interface Variant {

  /** How users call it. */
  String label();

  Architecture architecture();

  /** Those of an architecture, of which the first one is the default. */
  static <V extends Variant> List<V> of(Architecture architecture, V[] all) {
    return Arrays.stream(all).filter(v -> v.architecture() == architecture).toList();
  }

  /**
   * The one that is asked for, else the default.
   *
   * @param all of a simulator
   * @throws InvalidInputException if there is none of that name
   */
  static <V extends Variant> V choose(
      Path image, Architecture architecture, V[] all, MachineOptions options)
      throws InvalidInputException {
    List<V> variants = of(architecture, all);
    if (options.name().isEmpty()) {
      return variants.get(0);
    }
    String name = options.name().get();
    return variants.stream()
        .filter(variant -> variant.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    image.toString(),
                    "--machine",
                    "'" + name + "'",
                    variants.stream().map(Variant::label).collect(Collectors.joining(", "))));
  }
}
