package io.thaw.app.cli;

import io.thaw.app.link.RunnableImage;
import io.thaw.app.run.DifferenceText;
import io.thaw.app.run.MachineOptions;
import io.thaw.app.run.QemuSimulator;
import io.thaw.app.run.ReportKey;
import io.thaw.app.run.RunOptions;
import io.thaw.app.run.RunResult;
import io.thaw.app.run.RunResultText;
import io.thaw.app.run.ToolMissingException;
import io.thaw.app.run.Verdict;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code thaw verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Replays a recording in QEMU and says in one line whether it matched what the real"
            + " processor did.")
final class VerifyCommand implements Callable<Integer> {

  @ParentCommand private Main main;

  @Parameters(
      paramLabel = "REC|IMAGE",
      description = "What 'thaw record' made, or an image that 'thaw link' made of it.")
  private Path target;

  @Option(
      names = "--timeout",
      paramLabel = "T",
      converter = Converters.Timeout.class,
      description = "Ends the run after this time (90, 1.5s, 500ms, 10m, 2h) with status 124.")
  private Duration timeout;

  @Override
  public Integer call()
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    try (RunnableImage image =
        main.terminal().withProgress(progress -> RunnableImage.open(target, progress))) {
      RunOptions options =
          new RunOptions(
              Optional.ofNullable(timeout),
              OptionalLong.empty(),
              /* count= */ true,
              Optional.empty(),
              MachineOptions.DEFAULT);
      RunResult result =
          QemuSimulator.installed()
              .run(
                  image.path(),
                  image.description().manifest(),
                  options,
                  OutputStream.nullOutputStream());
      if (result.verdict() == Verdict.COMPLETE) {
        main.terminal()
            .err()
            .printf(
                "%d events and %d instructions matched%n",
                result.report().orElseThrow().value(ReportKey.EVENTS).orElse(0),
                result.counts().orElseThrow().user());
      } else {
        main.terminal().err().println(RunResultText.render(result));
        main.terminal().err().print(DifferenceText.render(result, image.recording()));
      }
      return result.exitStatus();
    }
  }
}
