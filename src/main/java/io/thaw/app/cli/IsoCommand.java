package io.thaw.app.cli;

import io.thaw.app.link.ImageNames;
import io.thaw.app.run.GrubIso;
import io.thaw.app.run.ToolMissingException;
import io.thaw.app.text.FileList;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code thaw iso}. */
@Command(
    name = "iso",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Makes a CD from which the firmware of a PC boots an image for x86-64, by GRUB.")
final class IsoCommand implements Callable<Integer> {

  private static final String SUFFIX = ".iso";

  @ParentCommand private Main main;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "IMAGE", description = "An image that Thaw linked.")
  private Path input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "ISO",
      description =
          "The ISO 9660 file. Default: the image's name with .iso, in the current folder.")
  private @Nullable Path output;

  @Override
  public Integer call()
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    if (!Files.exists(input)) {
      throw new InvalidInputException(
          input.toString(), "", "no such file", "an image that Thaw linked");
    }
    Path iso = output == null ? ImageNames.ofConversion(input, SUFFIX) : output;
    OutputCheck.check(spec, "IMAGE", input, "ISO", List.of(iso));
    GrubIso.installed().make(input, iso);
    main.terminal().out().println(FileList.describe(List.of(iso)));
    return ExitStatus.DONE;
  }
}
