package io.thaw.app.cli;

import io.thaw.app.link.ImageNames;
import io.thaw.app.run.ToolMissingException;
import io.thaw.app.text.FileList;
import io.thaw.linker.format.ImageExporter;
import io.thaw.linker.format.ImageFormat;
import io.thaw.linker.format.MemoryImage;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code thaw export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Writes an image in a format that simulators of hardware load.")
final class ExportCommand implements Callable<Integer> {

  @ParentCommand private Main main;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "IMAGE", description = "An image that Thaw linked.")
  private Path input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description =
          "The file, or the beginning of the names of banks. Default: the image's name with the"
              + " suffix of the format, in the current folder.")
  private Path output;

  @Mixin private FormatMixin formatMixin;

  @Override
  public Integer call()
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    ImageFormat format = formatMixin.format();
    if (!Files.exists(input)) {
      throw new InvalidInputException(
          input.toString(), "", "no such file", "an image that Thaw linked");
    }
    Path out = output == null ? ImageNames.ofExport(input, format.kind()) : output;
    List<Path> files = format.files(out);
    OutputCheck.check(spec, "IMAGE", input, "OUT", files);
    MemoryImage image = MemoryImage.read(input, input.toString());
    main.terminal()
        .withProgress(
            progress -> {
              ImageExporter.export(image, format, out, progress);
              return out;
            });
    main.terminal().out().println(FileList.describe(files));
    main.terminal()
        .out()
        .printf(
            "  physical memory 0x%x to 0x%x, entry 0x%x%n",
            image.startPaddr(), image.endPaddr(), image.entryPaddr());
    return ExitStatus.DONE;
  }
}
