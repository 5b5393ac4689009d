package io.thaw.app.cli;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.PlatformReader;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What to link for. */
final class PlatformMixin {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--platform",
      paramLabel = "NAME|FILE",
      completionCandidates = PlatformNames.class,
      description =
          "What to link for: ${COMPLETION-CANDIDATES}, or a file that describes one (.toml)."
              + " Default: by the dump.")
  private String platform;

  /** The platform for dumps of an architecture. */
  Function<Architecture, Platform> platform() throws InvalidInputException, IOException {
    if (platform == null) {
      return Platforms::defaultFor;
    }
    Platform chosen = read();
    return architecture -> chosen;
  }

  /** Whether the option was given. */
  boolean isGiven() {
    return platform != null;
  }

  private Platform read() throws InvalidInputException, IOException {
    Optional<Platform> known = Platforms.byName(platform);
    if (known.isPresent()) {
      return known.get();
    }
    if (!platform.endsWith(".toml") && !Files.exists(Path.of(platform))) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--platform': found '"
              + platform
              + "', acceptable: "
              + String.join(", ", Platforms.names())
              + ", or a file NAME.toml");
    }
    return PlatformReader.read(Path.of(platform));
  }
}
