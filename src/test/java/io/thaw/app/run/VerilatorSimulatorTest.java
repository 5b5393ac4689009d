package io.thaw.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.problem.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With shell scripts in the model's place, which are told what the model is told. */
@Timeout(60)
class VerilatorSimulatorTest {

  private static final Path IMAGE = Path.of("image.elf");

  private static final String RESULT =
      PluginResultTest.TEXT.replace(
          "end\n", "cycles=5000\nrestore_cycles=445\nuser_cycles=4000\nstub_cycles=500\nend\n");

  /** Sets {@code console}, {@code report}, {@code result} and others from the arguments. */
  private static final String PREAMBLE =
      """
      #!/bin/sh
      for argument in "$@"; do eval "${argument%%=*}='${argument#*=}'"; done
      """;

  @TempDir private Path folder;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private RunResult run(RunOptions options, String script) throws Exception {
    Path program = Files.writeString(folder.resolve("model"), PREAMBLE + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new VerilatorSimulator(progress -> program)
        .run(IMAGE, Manifests.rocket(0x80400000L), options, output);
  }

  private static String exited(int status) {
    return FakeQemu.write(Reports.exited(0), "report")
        + FakeQemu.write(RESULT, "result")
        + "exit "
        + status;
  }

  @Test
  void outputVerdictAndCountsArePassedOn() throws Exception {
    RunResult result = run(RunOptions.DEFAULT, "printf hello > $console\n" + exited(1));

    assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("hello");
    assertThat(result.verdict()).isEqualTo(Verdict.EXITED);
    assertThat(result.counts()).contains(new InstructionCounts(52, 1000, 77));
    assertThat(result.cycles()).contains(new CycleCounts(5000, 445, 4000, 500));
  }

  /** 0 is a limit, 2 another verdict, 64 no verdict, 65 a refusal of the image. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 64, 65, 139})
  void aReportThatDoesNotAgreeWithTheExitDeviceIsNotBelieved(int status) throws Exception {
    assertThat(run(RunOptions.DEFAULT, exited(status)).verdict())
        .isEqualTo(Verdict.SIMULATOR_FAILED);
  }

  @Test
  void whatTheModelSaysOfAnImageIsShown() throws Exception {
    RunResult result = run(RunOptions.DEFAULT, "echo $image is no image >&2; exit 65");

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(result.failure()).contains("image.elf is no image");
  }

  @Test
  void itIsToldOfLimitAndSeed() throws Exception {
    RunResult result =
        run(
            RunOptions.DEFAULT.withInstructionLimit(1000).withMachine(seed(42)),
            "[ $limit.$seed = 1000.42 ] || exit 65\n"
                + FakeQemu.write(RESULT.replace("stopped=0", "stopped=1"), "result")
                + "exit 0");

    assertThat(result.verdict()).as(result.failure()).isEqualTo(Verdict.STOPPED);
  }

  @Test
  void aTraceIsPutInPlace() throws Exception {
    Path trace = folder.resolve("steps");

    run(RunOptions.DEFAULT.withTraceFile(trace), "printf 12345678 > $trace\n" + exited(1));

    assertThat(trace).hasContent("12345678");
  }

  @Test
  void aRunThatIsTooLongStillTellsHowFarItCame() throws Exception {
    RunResult result =
        run(
            RunOptions.DEFAULT.withTimeout(Duration.ofMillis(500)),
            "trap 'kill $!; end' TERM\nend() {\n"
                + FakeQemu.write(RESULT, "result")
                + "exit 0\n}\nsleep 1000 &\nwait");

    assertThat(result.verdict()).isEqualTo(Verdict.TIME_OUT);
    assertThat(result.cycles()).contains(new CycleCounts(5000, 445, 4000, 500));
  }

  @Test
  void anImageForAnotherPlatformIsRefused() {
    VerilatorSimulator simulator = new VerilatorSimulator(progress -> folder);

    assertThatThrownBy(
            () -> simulator.run(IMAGE, Manifests.riscv64(0x80400000L), RunOptions.DEFAULT, output))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'qemu-riscv64'")
        .hasMessageContaining("acceptable: rocket");
  }

  /** The model has no more than 1 GiB. */
  @Test
  void anImageThatNeedsMoreRamIsRefused() {
    VerilatorSimulator simulator = new VerilatorSimulator(progress -> folder);

    assertThatThrownBy(
            () -> simulator.run(IMAGE, Manifests.rocket(0xc0000001L), RunOptions.DEFAULT, output))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("end of RAM");
  }

  @Test
  void itAloneHasSeeds() throws Exception {
    Set<Simulator.Ability> seed = RunOptions.DEFAULT.withMachine(seed(1)).abilities();

    assertThat(Simulators.forImage(IMAGE, Manifests.rocket(0x80400000L), seed).name())
        .isEqualTo("verilator");
    assertThatThrownBy(() -> Simulators.forImage(IMAGE, Manifests.riscv64(0x80400000L), seed))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void theSimulatorIsFoundByItsNameAndItsPlatforms() {
    assertThat(List.of("verilator", "rocket"))
        .allSatisfy(
            name ->
                assertThat(Simulators.byName(name).orElseThrow())
                    .isInstanceOf(VerilatorSimulator.class));
    assertThat(Simulators.byName("qemu-x86_64").orElseThrow()).isInstanceOf(QemuSimulator.class);
  }

  private static MachineOptions seed(int seed) {
    return new MachineOptions(
        Optional.empty(), OptionalInt.of(seed), Optional.empty(), /* caches= */ false);
  }
}
