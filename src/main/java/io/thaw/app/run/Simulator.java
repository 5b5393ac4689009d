package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A program that runs images of some platforms. */
public interface Simulator {

  /** How users call it. */
  String name();

  /** What it is, for images of an architecture; empty if it runs none. */
  Optional<Platform> platformFor(Architecture architecture);

  /** Names of the platforms whose images come to a verdict on it, its own among them. */
  Set<String> platforms();

  /** What it can do beyond running an image to its end. */
  Set<Ability> abilities();

  /** What a simulator may be asked for. */
  enum Ability {
    COUNT("--count"),
    LIMIT("--instructions"),
    TRACE("--trace"),
    MACHINE("--machine"),
    SEED("--seed"),
    PROCESSOR("--cpu"),
    CACHES("--caches");

    private final String option;

    Ability(String option) {
      this.option = option;
    }

    /** The option that asks for it. */
    public String option() {
      return option;
    }
  }

  /**
   * Does what runs need once and what may take minutes. A run that needs it does it, too.
   *
   * @param progress told of each step, in a line; of nothing if all is ready
   * @throws ToolMissingException if a program for it is not installed
   */
  default void prepare(Consumer<String> progress)
      throws ToolMissingException, IOException, InterruptedException {}

  /**
   * Runs an image to its end, or to a limit.
   *
   * @param image the image as a file
   * @param manifest what it says of itself
   * @param output gets what the program writes, byte for byte, while it runs
   * @throws InvalidInputException if the manifest asks for what the simulator does not have, or the
   *     trace cannot be put where it is wanted
   * @throws ToolMissingException if the simulator is not installed
   * @throws IOException if the output cannot be written, or files of the run cannot
   */
  RunResult run(Path image, Manifest manifest, RunOptions options, OutputStream output)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException;
}
