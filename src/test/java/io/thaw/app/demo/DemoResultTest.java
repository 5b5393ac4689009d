package io.thaw.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.app.run.InstructionCounts;
import io.thaw.app.run.RunResult;
import io.thaw.app.run.Verdict;
import io.thaw.linker.model.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoResultTest {

  private static final Path FIXTURES = Path.of("../tests/fixtures/dumps");

  private static DemoResult result(Verdict verdict, String output) {
    return new DemoResult(
        new BundledDump("a-name", Path.of("a-name.tar.xz"), "1\n2\n", "1\n2\n3\n4\n"),
        3 << 20,
        Duration.ofMillis(1234),
        Duration.ofMillis(500),
        new RunResult(
            verdict,
            Architecture.X86_64,
            Optional.empty(),
            Optional.of(new InstructionCounts(52, 1_234_567, 99)),
            ""),
        output);
  }

  @Test
  void onlyTheMissingLinesAreTheRightOutput() {
    assertThat(result(Verdict.STOPPED, "3\n4\n").outputAsExpected()).isTrue();
    assertThat(result(Verdict.STOPPED, "3\n4\n").good()).isTrue();
    assertThat(result(Verdict.STOPPED, "3\n").good()).isFalse();
    assertThat(result(Verdict.STOPPED, "1\n2\n3\n4\n").good()).isFalse();
  }

  @Test
  void rightOutputDoesNotMakeUpForABadVerdict() {
    assertThat(result(Verdict.TIME_OUT, "3\n4\n").good()).isFalse();
  }

  @Test
  void theReportHasOneRowADump() {
    assertThat(
            DemoReport.of(List.of(result(Verdict.STOPPED, "3\n4\n"), result(Verdict.TIME_OUT, ""))))
        .containsPattern(
            "a-name +3.0 MiB +1.23 s +0.50 s +52 +1,234,567 +stopped.* +as expected .2 lines.")
        .containsPattern("a-name .* time-out +NOT AS EXPECTED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x86-64-static",
        "x86-64-dynamic",
        "aarch64-static",
        "aarch64-dynamic",
        "riscv64-static",
        "riscv64-dynamic"
      })
  void theBundledDumpsKnowWhatIsToCome(String name) throws IOException {
    BundledDump dump = BundledDump.read(FIXTURES, name);

    assertThat(dump.outputAtDump()).isNotEmpty();
    assertThat(dump.outputToCome()).containsPattern("done.*\n$");
    assertThat(dump.outputAtDump() + dump.outputToCome()).isEqualTo(dump.outputInAll());
    assertThat(BundledDump.NAMES).contains(name);
  }

  @Test
  void aDumpThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> BundledDump.read(FIXTURES, "vax-static"))
        .hasMessageContaining("vax-static.tar.xz");
  }
}
