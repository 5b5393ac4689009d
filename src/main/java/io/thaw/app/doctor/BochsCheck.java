package io.thaw.app.doctor;

import io.thaw.app.run.BochsSimulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Bochs, and what makes the ISO from which it boots. */
final class BochsCheck {

  private BochsCheck() {}

  static Finding ofThisMachine() {
    BochsSimulator bochs = BochsSimulator.installed();
    return of(bochs.program(), bochs.missingPackages());
  }

  /**
   * What is to be said of it.
   *
   * @param program if it is there
   * @param missing packages that a run takes and that are not installed
   */
  static Finding of(Optional<Path> program, List<String> missing) {
    return new Finding(
        "bochs",
        "runs x86-64 images as strictly as hardware",
        program,
        Optional.empty(),
        "",
        missing.isEmpty()
            ? Optional.empty()
            : Optional.of("not installed: " + String.join(", ", missing)),
        String.join(" ", missing),
        /* optional= */ true);
  }
}
