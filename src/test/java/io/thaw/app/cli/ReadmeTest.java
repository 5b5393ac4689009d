package io.thaw.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.plan.ToolVersion;
import io.thaw.linker.platform.Platforms;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the documentation shows is there. */
class ReadmeTest {

  private static final Path REPOSITORY = Path.of("..");
  private static final Pattern CODE = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

  private static String read(String file) throws IOException {
    return Files.readString(REPOSITORY.resolve(file));
  }

  private static CommandLine commandLine() {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    return Main.commandLine(new Terminal(nowhere, nowhere, /* interactive= */ false));
  }

  /** Arguments of every {@code thaw} in the code blocks. */
  private static List<String[]> commands(String text) {
    List<String[]> commands = new ArrayList<>();
    CODE.matcher(text)
        .results()
        .flatMap(block -> block.group(1).lines())
        .map(line -> line.replaceFirst("\\s*#.*", ""))
        .filter(line -> line.startsWith("./thaw ") || line.startsWith("thaw "))
        .forEach(line -> commands.add(line.replaceFirst("^\\S+ ", "").split(" +", -1)));
    return commands;
  }

  @Test
  void theVersionIsTheOneThatIsBuilt() throws IOException {
    assertThat(read("README.md")).contains("Version: " + ToolVersion.current() + ".");
  }

  @Test
  void everyCommandOfTheReadmeIsUnderstood() throws IOException {
    List<String[]> commands = commands(read("README.md"));

    assertThat(commands).hasSizeGreaterThan(5);
    assertThat(commands).allSatisfy(args -> commandLine().parseArgs(args));
  }

  @Test
  void theTwoCommandsAreScriptsThatCanBeRun() {
    for (String script : List.of("thaw", "check", ".ci/run")) {
      assertThat(REPOSITORY.resolve(script)).isExecutable();
    }
  }

  @Test
  void everyCommandOptionAndPlatformIsInTheUsage() throws IOException {
    String usage = read("docs/usage.md");
    for (CommandLine command : commandLine().getSubcommands().values()) {
      assertThat(usage).contains("thaw " + command.getCommandName());
      if (command.getCommand().getClass().getPackageName().equals("io.thaw.app.cli")) {
        command.getCommandSpec().options().stream()
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .flatMap(option -> Stream.of(option.names()))
            .forEach(name -> assertThat(usage).contains("`" + name));
      }
    }
    assertThat(usage).contains(Platforms.names());
  }

  @Test
  void theReadmeHasEveryExitStatusOfTheHelp() throws IOException {
    String readme = read("README.md");
    for (String line : commandLine().getCommandSpec().usageMessage().footer()) {
      assertThat(readme).contains("| " + line.strip().replaceFirst(" .*", "") + " | ");
    }
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<Path> pages;
    try (Stream<Path> files = Files.walk(REPOSITORY.resolve("docs"))) {
      pages =
          Stream.concat(
                  files.filter(file -> file.toString().endsWith(".md")),
                  Stream.of("README.md", "CONTRIBUTING.md", "tests/fixtures/dumps/README.md")
                      .map(REPOSITORY::resolve))
              .toList();
    }
    for (Path page : pages) {
      LINK.matcher(Files.readString(page))
          .results()
          .map((MatchResult link) -> link.group(1))
          .filter(target -> !target.startsWith("http"))
          .forEach(
              target -> assertThat(page.resolveSibling(target)).as("link in %s", page).exists());
    }
  }
}
