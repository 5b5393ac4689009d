package io.thaw.app.cli;

import io.thaw.app.analyze.AnalyzeJob;
import io.thaw.app.inspect.AnalysisRendering;
import io.thaw.app.link.RunnableImage;
import io.thaw.app.run.ToolMissingException;
import io.thaw.linker.analysis.AnalysisFile;
import io.thaw.linker.analysis.IntervalAnalysis;
import io.thaw.linker.analysis.SimPointVectors;
import io.thaw.linker.image.AsideFile;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.progress.Progress;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code thaw analyze}. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Runs an image in QEMU and writes down what an interval of it uses: memory, code,"
            + " basic blocks, extensions of the instruction set.")
final class AnalyzeCommand implements Callable<Integer> {

  @ParentCommand private Main main;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGE|REC|DUMP",
      description = "A whole image; a recording or a dump is linked for the occasion.")
  private Path input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The analysis.")
  private Path output;

  @Option(
      names = "--skip",
      paramLabel = "N",
      converter = Converters.Count.class,
      description = "The interval begins behind N user instructions. Default: 0.")
  private @Nullable Long skip;

  @Option(
      names = "--instructions",
      paramLabel = "N",
      converter = Converters.Count.class,
      description = "User instructions of the interval. Default: up to the program's end.")
  private @Nullable Long instructions;

  @Option(
      names = "--bbv",
      paramLabel = "N",
      converter = Converters.Count.class,
      description =
          "Makes a basic-block vector of each N user instructions, in the analysis and as text for"
              + " SimPoint.")
  private @Nullable Long sliceInstructions;

  @Option(
      names = "--bbv-file",
      paramLabel = "FILE",
      description = "Where the text goes. Default: the analysis' name and .bb.")
  private @Nullable Path vectorFile;

  @Option(
      names = "--timeout",
      paramLabel = "T",
      converter = Converters.Timeout.class,
      description = "Ends the run after this time (90, 1.5s, 500ms, 10m, 2h) with status 124.")
  private @Nullable Duration timeout;

  @Option(names = "--json", description = "Gives the summary as one JSON object.")
  private boolean json;

  @Mixin private PlatformMixin platformMixin;

  @Override
  public Integer call()
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    if (vectorFile != null && sliceInstructions == null) {
      throw new ParameterException(spec.commandLine(), "--bbv-file needs --bbv N");
    }
    Path text = vectorFile != null ? vectorFile : Path.of(output + ".bb");
    OutputCheck.check(
        spec,
        "IMAGE",
        input,
        "FILE",
        sliceInstructions == null ? List.of(output) : List.of(output, text));
    AnalyzeJob.Request request =
        new AnalyzeJob.Request(
            skip == null ? 0 : skip,
            instructions == null ? OptionalLong.empty() : OptionalLong.of(instructions),
            sliceInstructions == null ? 0 : sliceInstructions,
            Optional.ofNullable(timeout));
    try (RunnableImage image = RunnableImage.open(input, platformMixin.platform(), Progress.NONE)) {
      IntervalAnalysis analysis =
          new AnalyzeJob(input.toString(), image.path(), request).analyze(output);
      if (sliceInstructions != null) {
        write(analysis, text);
      }
      print(analysis);
    }
    return ExitStatus.DONE;
  }

  private static void write(IntervalAnalysis analysis, Path file) throws IOException {
    try (AsideFile aside = AsideFile.of(file)) {
      try (Writer out = Files.newBufferedWriter(aside.path())) {
        SimPointVectors.write(analysis.vectors(), out);
      }
      aside.publish();
    }
  }

  private void print(IntervalAnalysis analysis) throws InvalidInputException, IOException {
    AnalysisFile of = AnalysisFile.read(output);
    if (analysis.unseenAccesses() > 0 && json) {
      main.terminal().err().println("warning: " + AnalysisRendering.unseen(analysis));
    }
    main.terminal()
        .out()
        .println(
            json
                ? AnalysisRendering.json(of, analysis).toPrettyString()
                : AnalysisRendering.text(of, analysis));
  }
}
