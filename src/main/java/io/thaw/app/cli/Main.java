package io.thaw.app.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code thaw}. */
@Command(
    name = "thaw",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Links a process frozen by CRIU into one ELF that restores itself.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RecordCommand.class,
      LinkCommand.class,
      RunCommand.class,
      VerifyCommand.class,
      AnalyzeCommand.class,
      TrimCommand.class,
      ExportCommand.class,
      IsoCommand.class,
      InspectCommand.class,
      DoctorCommand.class,
      DemoCommand.class,
      HelpCommand.class,
      GenerateCompletion.class
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "  0    done; for run and demo, the verdict is good",
      "  1    a bug in Thaw (with a stack trace)",
      "  2    usage",
      "  3    input invalid, damaged or unsupported",
      "  4    a tool, a privilege or room on a disk is missing",
      "  5    verdict: unknown call, missing page, program fault, ...",
      "  6    the simulator failed",
      "  124  time-out"
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  private Main(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Runs {@code args} and ends the process. */
  public static void main(String[] args) {
    System.exit(run(Terminal.ofProcess(), args));
  }

  /** Runs {@code args}; returns the exit status. */
  static int run(Terminal terminal, String... args) {
    try {
      return commandLine(terminal).execute(args);
    } catch (Throwable e) {
      return Failures.bug(e, terminal.err());
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine commandLine = new CommandLine(new Main(terminal));
    commandLine.setOut(
        new PrintWriter(terminal.out(), /* autoFlush= */ true, StandardCharsets.UTF_8));
    commandLine.setErr(
        new PrintWriter(terminal.err(), /* autoFlush= */ true, StandardCharsets.UTF_8));
    commandLine.setUsageHelpAutoWidth(false);
    commandLine.setParameterExceptionHandler(new UsageErrors());
    commandLine.setExecutionExceptionHandler(
        (exception, command, parsed) -> Failures.report(exception, terminal.err()));
    for (CommandLine command : commandLine.getSubcommands().values()) {
      command.getCommandSpec().usageMessage().abbreviateSynopsis(false);
    }
    return commandLine;
  }

  Terminal terminal() {
    return terminal;
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
