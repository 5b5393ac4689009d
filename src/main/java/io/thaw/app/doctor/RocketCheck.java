package io.thaw.app.doctor;

import io.thaw.rtl.RocketModel;
import io.thaw.rtl.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The model of a Rocket core: there, or what building it needs. */
final class RocketCheck {

  private RocketCheck() {}

  static Finding ofThisMachine() {
    return of(RocketModel.built(), RocketModel.missingTools());
  }

  /**
   * What is to be said of it.
   *
   * @param built its program, if it is there
   * @param missing what building it needs and is not there
   */
  static Finding of(Optional<Path> built, List<Tool> missing) {
    boolean good = built.isPresent() || missing.isEmpty();
    return new Finding(
        "rocket",
        "runs riscv64 images on a Rocket core in RTL",
        built,
        Optional.empty(),
        good && built.isEmpty() ? "is built when first used, which takes some minutes" : "",
        good ? Optional.empty() : Optional.of("not on the PATH: " + names(missing)),
        missing.stream().map(Tool::aptPackage).distinct().collect(Collectors.joining(" ")),
        /* optional= */ true);
  }

  private static String names(List<Tool> tools) {
    return tools.stream().map(Tool::program).collect(Collectors.joining(", "));
  }
}
