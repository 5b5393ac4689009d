package io.thaw.app.cli;

import io.thaw.app.link.ImageNames;
import io.thaw.app.link.LinkJob;
import io.thaw.app.run.ToolMissingException;
import io.thaw.linker.format.ImageFormat;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.plan.ImagePlan;
import io.thaw.linker.plan.LinkOptions;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code thaw link}. */
@Command(
    name = "link",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Links a dump into an image: one file that restores the process on bare hardware.",
    footerHeading = "%nSizes:%n",
    footer = {"  4096, 0x1000, 1_000_000; K, M, G are powers of 1000, Ki, Mi, Gi powers of 1024."})
final class LinkCommand implements Callable<Integer> {

  @ParentCommand private Main main;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DUMP",
      description = "Folder or tar (.gz, .xz, .zst) of CRIU image files, or container checkpoint.")
  private Path dump;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "IMAGE",
      description =
          "The image. Default: the dump's name and .thaw.elf (by format), in the current folder.")
  private Path output;

  @Mixin private DumpMixin dumpMixin;

  @Mixin private FormatMixin formatMixin;

  @Mixin private PlatformMixin platformMixin;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      converter = Converters.SizeBytes.class,
      defaultValue = "64Mi",
      description = "Memory for pages born while the image runs. Default: ${DEFAULT-VALUE}.")
  private long heapSizeBytes;

  @Option(
      names = "--realtime",
      paramLabel = "INSTANT",
      converter = Converters.InstantNanos.class,
      defaultValue = "2030-01-01T00:00:00Z",
      description =
          "What CLOCK_REALTIME starts at; a dump does not say. Default: ${DEFAULT-VALUE}.")
  private long realtimeNanos;

  @Override
  public Integer call()
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    ImageFormat format = formatMixin.format();
    Function<Architecture, Platform> platform = platformMixin.platform();
    LinkJob.checkIsDump(dump);
    Path image = output == null ? ImageNames.of(dump, format.kind()) : output;
    OutputCheck.check(spec, "DUMP", dump, "IMAGE", format.files(image));
    LinkJob job =
        new LinkJob(
            dumpMixin.options(dump), platform, new LinkOptions(heapSizeBytes, realtimeNanos));
    ImagePlan plan = main.terminal().withProgress(progress -> job.link(image, format, progress));
    plan.manifest().warnings().forEach(w -> main.terminal().err().println("warning: " + w));
    LinkSummary.lines(format.files(image), plan).forEach(main.terminal().out()::println);
    return ExitStatus.DONE;
  }
}
