package io.thaw.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                               | error: a command is missing",
        "lnik                             | error: unknown command 'lnik'",
        "link                             | error: missing required parameter: 'DUMP'",
        "link a b                         | error: unmatched argument at index 2: 'b'",
        "link a --hep 1                   | error: unknown option",
        "link a --heap                    | error: missing required parameter for option '--heap'",
        "link a --heap 3X                 | error: invalid value for option '--heap': found '3X'",
        "link a --pid x                   | error: invalid value for option '--pid'",
        "link a --realtime now            | error: invalid value for option '--realtime'",
        "link a --platform vax            | error: invalid value for option '--platform': found 'vax'",
        "run a --timeout 0                | error: invalid value for option '--timeout'",
        "run a --instructions 0           | error: invalid value for option '--instructions'",
        "run a --instructions -1          | error: ",
        "doctor x                         | error: unmatched argument"
      })
  void badUsageIsSaidInAFewLinesAndEndsWithStatus2(String args, String start) {
    CommandRun run = CommandRun.of(args.isEmpty() ? new String[0] : args.split(" "));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith(start).contains("--help");
    assertThat(run.err().lines().count()).isLessThanOrEqualTo(3);
  }

  @Test
  void aMistypedOptionIsGuessed() {
    assertThat(CommandRun.of("link", "a", "--hep", "1").err()).contains("--heap");
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheKnownOnes() {
    assertThat(CommandRun.of("lnik").err())
        .contains("record, link, run, verify, analyze, trim, export, iso, inspect, doctor, demo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "record", "link", "run", "verify", "analyze", "trim", "export", "iso", "inspect", "doctor",
        "demo"
      })
  void everyCommandHasHelp(String command) {
    CommandRun run = CommandRun.of(command, "--help");

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Usage: thaw " + command);
    assertThat(CommandRun.of("help", command)).isEqualTo(run);
  }

  @Test
  void helpListsCommandsAndExitStatuses() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("link", "run", "inspect", "doctor", "demo", "generate-completion")
        .contains("  3    input invalid, damaged or unsupported", "  124  time-out");
  }

  @Test
  void linkHelpNamesThePlatformsAndDefaults() {
    assertThat(CommandRun.of("link", "--help").out())
        .contains("qemu-x86_64", "qemu-aarch64", "qemu-riscv64", "64Mi", "2030-01-01T00:00:00Z");
  }

  @Test
  void versionIsOneLine() {
    CommandRun run = CommandRun.of("--version");

    assertThat(run.status()).isZero();
    assertThat(run.out()).matches("thaw [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?\\R");
  }

  @Test
  void completionIsAScriptThatKnowsTheOptions() {
    CommandRun run = CommandRun.of("generate-completion");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains("--heap", "qemu-aarch64");
  }
}
