package io.thaw.app.cli;

import io.thaw.app.record.IsaLevel;
import io.thaw.app.record.RecordJob;
import io.thaw.app.record.RecordOptions;
import io.thaw.app.record.RecordOptions.DumperKind;
import io.thaw.app.record.RecordOptions.Limit;
import io.thaw.app.record.RecordOptions.Point;
import io.thaw.app.record.RecordOptions.Start;
import io.thaw.app.record.RecordOptions.Target;
import io.thaw.app.record.RecordSummary;
import io.thaw.app.run.ToolMissingException;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code thaw record}. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Records a program: its state at the start, and what the kernel does for it from there"
            + " on.%nThe recording is a folder that link, run, verify and inspect take.",
    footerHeading = "%nPlaces for --at:%n",
    footer = {
      "  entry   the program's entry point, its libraries loaded (for a program that is started)",
      "  exec    before its first instruction, which is the dynamic loader's",
      "  now     where it is (for a process that runs already)",
      "  NAME    a function, for example main"
    })
final class RecordCommand implements Callable<Integer> {

  @ParentCommand private Main main;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "REC",
      required = true,
      description = "The recording, a folder that is not there yet.")
  private Path output;

  @Option(names = "--pid", paramLabel = "P", description = "Records this process.")
  private Integer pid;

  @Option(
      names = "--at",
      paramLabel = "PLACE",
      description = "Where the recording begins. Default: entry; with --pid: now.")
  private String at;

  @Option(
      names = "--after",
      paramLabel = "T",
      converter = Converters.Timeout.class,
      description = "Begins this time later (90, 1.5s, 500ms, 10m).")
  private Duration after;

  @Option(
      names = "--after-calls",
      paramLabel = "N",
      converter = Converters.Count.class,
      description = "Begins N system calls later.")
  private Long afterCalls;

  @Option(
      names = "--for",
      paramLabel = "T",
      converter = Converters.Timeout.class,
      description = "Ends after this time. Default: when the program exits.")
  private Duration time;

  @Option(
      names = "--for-calls",
      paramLabel = "N",
      converter = Converters.Count.class,
      description = "Ends after N system calls.")
  private Long calls;

  @Option(
      names = "--isa",
      paramLabel = "LEVEL",
      converter = Converters.Isa.class,
      description =
          "What a program that is started may use of an x86-64 processor: x86-64-v2, x86-64-v3,"
              + " x86-64-v4, host. Default: x86-64-v3, which QEMU can do.")
  private IsaLevel isa;

  @Option(
      names = "--dumper",
      paramLabel = "NAME",
      converter = Converters.Dumper.class,
      description = "What dumps the process: builtin, or criu where CRIU works. Default: builtin.")
  private DumperKind dumper;

  @Option(
      names = "--kill",
      description =
          "Ends a program that was started when its recording ends. Default: it runs on to its"
              + " end.")
  private boolean kill;

  @Parameters(
      paramLabel = "CMD",
      arity = "0..*",
      description = "The program to start, and its arguments, behind --.")
  private List<String> command = List.of();

  @Override
  public Integer call() throws InvalidInputException, ToolMissingException, IOException {
    RecordSummary summary = new RecordJob(options()).run();
    for (String warning : summary.warnings()) {
      main.terminal().err().println("warning: " + warning);
    }
    main.terminal()
        .err()
        .printf(
            "%s: %,d system calls, ended by %s%n",
            summary.folder(), summary.callCount(), summary.end());
    return ExitStatus.DONE;
  }

  private RecordOptions options() {
    if ((pid == null) == command.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "found neither or both of --pid and CMD, acceptable: one of them");
    }
    if (pid != null && isa != null) {
      throw new ParameterException(
          spec.commandLine(), "--isa: a program that runs already has chosen; start it instead");
    }
    if (isa != null && !isa.fitsHost()) {
      throw new ParameterException(
          spec.commandLine(), "--isa: found a level of x86-64, acceptable on this machine: host");
    }
    return new RecordOptions(
        output,
        pid == null ? new Target.Launched(command) : new Target.Running(pid),
        new Start(point(), Optional.ofNullable(after), optional(afterCalls)),
        new Limit(Optional.ofNullable(time), optional(calls)),
        isa != null ? isa : pid == null ? IsaLevel.defaultOfHost() : IsaLevel.HOST,
        Optional.ofNullable(dumper),
        !kill);
  }

  private Point point() {
    String place = at != null ? at : pid != null ? "now" : "entry";
    if (pid != null && !place.equals("now")) {
      throw new ParameterException(
          spec.commandLine(), "--at: found '" + place + "', acceptable with --pid: now");
    }
    return switch (place) {
      case "now" -> new Point.Now();
      case "exec" -> new Point.Exec();
      case "entry" -> new Point.Entry();
      default -> new Point.Symbol(place);
    };
  }

  private static OptionalLong optional(Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
