package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A program that runs images of some platforms. */
public interface Simulator {

  /** How users call it. */
  String name();

  /** Names of the platforms whose images it runs. */
  List<String> platforms();

  /** The platform to link for, if something else than an image is to be run. */
  Optional<String> platformFor(Architecture architecture);

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
