package io.thaw.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The likeliest mistakes with the names of outputs, found before any work is done. */
final class OutputCheck {

  private OutputCheck() {}

  /** Refuses outputs that are folders, are in none, or are the input; labels are the usage's. */
  static void check(
      CommandSpec spec, String inputLabel, Path input, String outputLabel, List<Path> outputs)
      throws IOException {
    for (Path output : outputs) {
      Path folder = output.toAbsolutePath().getParent();
      if (folder == null || Files.isDirectory(output)) {
        throw refused(spec, outputLabel + " " + output + " is a folder");
      }
      if (!Files.isDirectory(folder)) {
        throw refused(spec, outputLabel + " " + output + ": there is no folder " + folder);
      }
      if (Files.exists(output) && Files.isSameFile(output, input)) {
        throw refused(spec, outputLabel + " and " + inputLabel + " are the same file: " + output);
      }
    }
  }

  private static ParameterException refused(CommandSpec spec, String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
