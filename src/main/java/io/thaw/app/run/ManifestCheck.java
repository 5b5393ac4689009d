package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.platform.RamRange;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.ProblemLog;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Checks what a manifest asks of the simulator, since images come from other machines. */
final class ManifestCheck {

  /** {@code MAX_ENTRIES} and {@code MAX_STUB_RANGES} of the plugin's {@code arguments.h}. */
  private static final int MAX_ENTRIES = 8;

  private static final int MAX_STUB_RANGES = 32;

  private ManifestCheck() {}

  /**
   * What the image's architecture is.
   *
   * @throws InvalidInputException if the simulator does not run it, all reasons at once
   */
  static Architecture check(Path image, Manifest manifest, Simulator simulator)
      throws InvalidInputException {
    Platform linkedFor =
        Platforms.byName(manifest.platform())
            .filter(platform -> simulator.platforms().contains(platform.name()))
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        image.toString(),
                        "manifest, platform",
                        "'" + PrintableText.line(manifest.platform()) + "'",
                        simulator.platforms().stream().sorted().collect(Collectors.joining(", "))));
    Architecture architecture = linkedFor.architecture();
    ProblemLog problems = new ProblemLog();
    if (!manifest.architecture().equals(architecture.label())) {
      problems.add(
          image.toString(),
          "manifest, architecture",
          "'" + PrintableText.line(manifest.architecture()) + "'",
          architecture.label() + ", which " + manifest.platform() + " is");
    }
    Platform platform = simulator.platformFor(architecture).orElseThrow();
    checkRam(image, manifest, platform.ram(), problems);
    List<String> lacking = platform.processor().lacking(manifest.needs());
    if (!lacking.isEmpty()) {
      problems.add(
          image.toString(),
          "manifest, needs",
          PrintableText.line(String.join(", ", lacking)),
          "an image that does without, as one linked with --platform " + platform.name());
    }
    checkCount(image, "entries", manifest.entryPaddrs().size(), MAX_ENTRIES, problems);
    checkCount(image, "stub ranges", manifest.stubCode().size(), MAX_STUB_RANGES, problems);
    for (Manifest.Range range : manifest.stubCode()) {
      if (Long.compareUnsigned(range.start(), range.end()) >= 0) {
        problems.add(
            image.toString(),
            "manifest, stub range",
            String.format("0x%x to 0x%x", range.start(), range.end()),
            "a start below the end");
      }
    }
    problems.throwIfAny();
    return architecture;
  }

  private static void checkRam(
      Path image, Manifest manifest, List<RamRange> ram, ProblemLog problems) {
    long end = manifest.ramEndPaddr();
    if (ram.stream().noneMatch(range -> end > range.startPaddr() && end <= range.endPaddr())) {
      problems.add(
          image.toString(),
          "manifest, end of RAM",
          String.format("0x%x", end),
          ram.stream()
              .map(range -> String.format("0x%x to 0x%x", range.startPaddr(), range.endPaddr()))
              .collect(Collectors.joining(" or ")));
    }
  }

  private static void checkCount(
      Path image, String what, int count, int most, ProblemLog problems) {
    if (count < 1 || count > most) {
      problems.add(image.toString(), "manifest, " + what, count + " of them", "1 to " + most);
    }
  }
}
