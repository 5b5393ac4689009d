package io.thaw.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** On bad usage: what is wrong, what may have been meant, how to ask for more. No page of help. */
final class UsageErrors implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName(" ");
    if (e instanceof UnmatchedArgumentException unmatched && isUnknownCommand(unmatched)) {
      err.println("error: unknown command '" + unmatched.getUnmatched().get(0) + "'");
      err.println("hint: commands are " + String.join(", ", command.getSubcommands().keySet()));
      err.println("hint: '" + name + " --help' says what they do");
      return ExitStatus.USAGE;
    }
    err.println("error: " + startingLower(e.getMessage()));
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        err.println("hint: did you mean " + String.join(" or ", suggestions) + "?");
      }
    }
    err.println("hint: '" + name + " --help' shows what there is");
    return ExitStatus.USAGE;
  }

  private static boolean isUnknownCommand(UnmatchedArgumentException e) {
    return !e.getCommandLine().getSubcommands().isEmpty() && !e.isUnknownOption();
  }

  private static String startingLower(String message) {
    return message.isEmpty()
            || Character.isUpperCase(message.charAt(Math.min(1, message.length() - 1)))
        ? message
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
