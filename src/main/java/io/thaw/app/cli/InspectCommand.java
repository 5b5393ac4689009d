package io.thaw.app.cli;

import io.thaw.app.inspect.AnalysisRendering;
import io.thaw.app.inspect.DumpInspection;
import io.thaw.app.inspect.DumpJson;
import io.thaw.app.inspect.DumpText;
import io.thaw.app.inspect.ImageJson;
import io.thaw.app.inspect.ImageText;
import io.thaw.linker.analysis.AnalysisFile;
import io.thaw.linker.analysis.IntervalAnalysis;
import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.image.ImageReader;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code thaw inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Shows what is in a dump (process, registers, memory, open files), in a recording (what"
            + " happened next, too) or in an image (what lies where).")
final class InspectCommand implements Callable<Integer> {

  @ParentCommand private Main main;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "X",
      description = "A dump, a recording, an image, or an analysis that trim has kept.")
  private Path input;

  @Mixin private DumpMixin dumpMixin;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InvalidInputException, IOException {
    if (Files.isRegularFile(input) && AnalysisFile.looksLikeOne(input)) {
      AnalysisFile of = AnalysisFile.read(input);
      IntervalAnalysis analysis = AnalysisFile.analysis(input);
      print(
          json
              ? AnalysisRendering.json(of, analysis).toPrettyString()
              : AnalysisRendering.text(of, analysis));
    } else if (Files.isRegularFile(input) && ImageReader.looksLikeElf(input)) {
      if (dumpMixin.given()) {
        throw new ParameterException(
            spec.commandLine(), "--sysroot and --pid are for dumps, and " + input + " is an image");
      }
      ImageDescription image = ImageReader.read(input);
      print(json ? ImageJson.of(image).toPrettyString() : ImageText.of(image));
    } else {
      DumpInspection dump = DumpInspection.of(dumpMixin.options(input));
      print(json ? DumpJson.of(dump).toPrettyString() : DumpText.of(dump));
    }
    return ExitStatus.DONE;
  }

  private void print(String text) {
    main.terminal().out().println(text);
  }
}
