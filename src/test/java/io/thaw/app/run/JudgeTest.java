package io.thaw.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.app.run.Judge.Evidence;
import io.thaw.app.run.SimulatorProcess.End;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {

  private static RunResult judge(int status, String report) {
    return judge(RunOptions.DEFAULT, new End.Exited(status), report, Optional.empty());
  }

  private static RunResult judge(
      RunOptions options, End end, String report, Optional<String> pluginResult) {
    return Judge.judge(QemuMachine.MICROVM, options, new Evidence(end, report, "", pluginResult));
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      mode = Mode.EXCLUDE,
      names = {"STOPPED", "TIME_OUT", "SIMULATOR_FAILED"})
  void aReportThatAgreesWithTheExitStatusIsBelieved(Verdict verdict) {
    int status = (int) verdict.stubNumber() << 1 | 1;

    assertThat(judge(status, Reports.of(verdict)).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 5, 15, 134, 139})
  void aReportThatDoesNotAgreeIsNotBelieved(int status) {
    RunResult result = judge(status, Reports.exited(0));

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(result.failure()).contains("the report says 'exited'", "status " + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 139})
  void silenceIsNoVerdict(int status) {
    RunResult result = judge(status, "");

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(result.failure()).contains("no report", "status " + status);
    assertThat(result.exitStatus()).isEqualTo(6);
  }

  @Test
  void twoReportsAreNoVerdict() {
    assertThat(judge(3, Reports.exited(0) + Reports.exited(0)).verdict())
        .isEqualTo(Verdict.SIMULATOR_FAILED);
  }

  @Test
  void messagesOfTheSimulatorAreShownWithoutControlCharacters() {
    RunResult result =
        Judge.judge(
            QemuMachine.MICROVM,
            RunOptions.DEFAULT,
            new Evidence(
                new End.Exited(1), "", "qemu: no\u001b[31m such\nfile\n", Optional.empty()));

    assertThat(result.failure()).endsWith("qemu: no?[31m such\nfile");
  }

  @Test
  void aRunThatReachedItsLimitIsStopped() {
    RunResult result =
        judge(
            RunOptions.DEFAULT.withInstructionLimit(1000),
            new End.Exited(0),
            "",
            Optional.of(PluginResultTest.TEXT.replace("stopped=0", "stopped=1")));

    assertThat(result.verdict()).isEqualTo(Verdict.STOPPED);
    assertThat(result.counts()).contains(new InstructionCounts(52, 1000, 77));
    assertThat(result.exitStatus()).isZero();
  }

  @Test
  void aRunThatStoppedElsewhereFailed() {
    String stopped = PluginResultTest.TEXT.replace("stopped=0", "stopped=1");
    RunOptions limited = RunOptions.DEFAULT.withInstructionLimit(1000);
    End ended = new End.Exited(0);

    assertThat(
            judge(RunOptions.DEFAULT.withInstructionLimit(1001), ended, "", Optional.of(stopped))
                .verdict())
        .isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(judge(RunOptions.DEFAULT.withCount(), ended, "", Optional.of(stopped)).verdict())
        .isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(judge(limited, new End.Exited(3), "", Optional.of(stopped)).verdict())
        .isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(judge(limited, ended, Reports.exited(0), Optional.of(stopped)).verdict())
        .isEqualTo(Verdict.SIMULATOR_FAILED);
  }

  @Test
  void countsThatWereAskedForAndAreMissingAreAFailure() {
    RunResult result =
        judge(
            RunOptions.DEFAULT.withCount(), new End.Exited(3), Reports.exited(0), Optional.of(""));

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(result.failure()).contains("plugin");
  }

  @Test
  void aTraceThatIsNotCompleteIsAFailure() {
    String failed = PluginResultTest.TEXT.replace("trace_failed=0", "trace_failed=1");

    assertThat(
            judge(
                    RunOptions.DEFAULT.withTraceFile(Path.of("t")),
                    new End.Exited(3),
                    Reports.exited(0),
                    Optional.of(failed))
                .failure())
        .contains("trace");
  }

  @Test
  void countsComeWithTheVerdict() {
    RunResult result =
        judge(
            RunOptions.DEFAULT.withCount(),
            new End.Exited(3),
            Reports.exited(0),
            Optional.of(PluginResultTest.TEXT));

    assertThat(result.verdict()).isEqualTo(Verdict.EXITED);
    assertThat(result.counts()).contains(new InstructionCounts(52, 1000, 77));
  }

  @Test
  void countsThatNeverBeganAreAFailure() {
    String notEntered =
        PluginResultTest.TEXT.replace("restore_instructions=52", "restore_instructions=0");

    assertThat(
            judge(
                    RunOptions.DEFAULT.withCount(),
                    new End.Exited(3),
                    Reports.exited(0),
                    Optional.of(notEntered))
                .failure())
        .contains("not entered");
  }

  @Test
  void aTimeOutIsOneWhateverWasReported() {
    assertThat(
            judge(
                    RunOptions.DEFAULT.withCount(),
                    new End.TimedOut(),
                    Reports.exited(0),
                    Optional.of(PluginResultTest.TEXT))
                .verdict())
        .isEqualTo(Verdict.TIME_OUT);
  }
}
