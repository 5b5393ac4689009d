package io.thaw.app.cli;

import io.thaw.app.link.RunnableImage;
import io.thaw.app.run.ToolMissingException;
import io.thaw.app.text.Printable;
import io.thaw.app.trim.TrimJob;
import io.thaw.app.trim.TrimJson;
import io.thaw.app.trim.TrimOptions;
import io.thaw.app.trim.TrimText;
import io.thaw.linker.format.FormatKind;
import io.thaw.linker.format.ImageExporter;
import io.thaw.linker.format.ImageFormat;
import io.thaw.linker.format.MemoryImage;
import io.thaw.linker.image.AsideFile;
import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.Platforms;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.progress.Progress;
import io.thaw.linker.trim.Keep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code thaw trim}. */
@Command(
    name = "trim",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Trims an image to an interval: only the memory that this uses, its end inside, exact to"
            + " the instruction, and the proof that it ran right.")
final class TrimCommand implements Callable<Integer> {

  @ParentCommand private Main main;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGE|REC|DUMP",
      description = "A whole image; a recording or a dump is linked for the occasion.")
  private Path input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "SMALL",
      required = true,
      description = "The trimmed image.")
  private Path output;

  @Option(
      names = "--skip",
      paramLabel = "N",
      converter = Converters.Count.class,
      description = "The image begins N user instructions later. Default: 0.")
  private Long skip;

  @Option(
      names = "--warmup",
      paramLabel = "W",
      converter = Converters.Count.class,
      description = "The region begins W user instructions behind that. Default: 0.")
  private Long warmup;

  @Option(
      names = "--instructions",
      paramLabel = "N",
      required = true,
      converter = Converters.Count.class,
      description = "User instructions of the region.")
  private Long instructions;

  @Option(
      names = "--keep",
      paramLabel = "WHAT",
      defaultValue = "pages",
      converter = Converters.KeepByName.class,
      description = "What is kept of pages that are used: pages, lines or words. Default: pages.")
  private Keep keep;

  @Option(
      names = "--check",
      paramLabel = "WHAT",
      defaultValue = "registers",
      description =
          "What is compared at the end: registers, or memory (and registers): all bytes that were"
              + " written. Default: registers.")
  private String check;

  @Option(
      names = "--add-page",
      paramLabel = "ADDRESS",
      converter = Converters.VirtualAddress.class,
      description = "Keeps this page, too, an address of the program's; may be repeated.")
  private List<Long> extraPages = List.of();

  @Option(
      names = "--analysis",
      paramLabel = "FILE",
      description =
          "Takes the analysis of the interval from this file; if there is none, it is kept there.")
  private Path analysisFile;

  @Option(
      names = "--most-stops",
      paramLabel = "N",
      defaultValue = "1_000_000",
      converter = Converters.Count.class,
      description =
          "Refuses an end that the processor's breakpoint has to be hit more often for. Default:"
              + " 1,000,000.")
  private long mostStops;

  @Option(names = "--json", description = "Gives the report as one JSON object.")
  private boolean json;

  @Mixin private PlatformMixin platformMixin;

  @Mixin private FormatMixin formatMixin;

  @Override
  public Integer call()
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    ImageFormat format = formatMixin.format();
    Function<Architecture, Platform> platform = platformMixin.platform();
    TrimOptions options = options();
    OutputCheck.check(spec, "IMAGE", input, "SMALL", format.files(output));
    Manifest manifest =
        main.terminal()
            .withProgress(
                progress -> {
                  try (RunnableImage image = RunnableImage.open(input, platform, Progress.NONE)) {
                    Optional<Platform> of = platformOf(image, platform);
                    return trim(
                        new TrimJob(input.toString(), image.path(), of, options, progress), format);
                  }
                });
    manifest.warnings().forEach(w -> main.terminal().err().println("warning: " + w));
    main.terminal()
        .out()
        .println(
            json
                ? TrimJson.of(manifest, format.files(output)).toPrettyString()
                : TrimText.of(manifest, format.files(output)));
    return ExitStatus.DONE;
  }

  private Manifest trim(TrimJob job, ImageFormat format)
      throws InvalidInputException, ToolMissingException, IOException, InterruptedException {
    if (format.kind() == FormatKind.ELF) {
      return job.trim(output);
    }
    try (AsideFile elf = AsideFile.of(output)) {
      Manifest manifest = job.trim(elf.path());
      ImageExporter.export(
          MemoryImage.read(elf.path(), output.toString()), format, output, Progress.NONE);
      return manifest;
    }
  }

  /** What the image was linked for; a user's own platform has to be told again. */
  private Optional<Platform> platformOf(RunnableImage image, Function<Architecture, Platform> asked)
      throws InvalidInputException, IOException {
    ImageDescription description = image.description();
    String name = description.manifest().platform();
    Platform platform = asked.apply(description.architecture());
    if (platform.name().equals(name)) {
      return Optional.of(platform);
    }
    if (platformMixin.isGiven()) {
      throw new InvalidInputException(
          input.toString(),
          "manifest, platform",
          "'" + Printable.line(name) + "'",
          platform.name() + ", as --platform says");
    }
    return Platforms.byName(name);
  }

  private TrimOptions options() {
    if (!check.equals("registers") && !check.equals("memory")) {
      throw new ParameterException(
          spec.commandLine(), "--check: found '" + check + "', acceptable: registers, memory");
    }
    return new TrimOptions(
        skip == null ? 0 : skip,
        warmup == null ? 0 : warmup,
        instructions,
        keep,
        check.equals("memory"),
        Set.copyOf(extraPages),
        Optional.ofNullable(analysisFile),
        mostStops);
  }
}
