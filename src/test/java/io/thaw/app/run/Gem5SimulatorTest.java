package io.thaw.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.Manifest;
import io.thaw.linker.problem.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shell scripts in gem5's place, which are told what gem5 is told. */
@Timeout(60)
class Gem5SimulatorTest {

  private static final Path IMAGE = Path.of("image.elf");
  private static final Manifest MANIFEST = Manifests.x86(0x1000000);

  /** Sets {@code console}, {@code results}, {@code script} and {@code cpu} from the arguments. */
  private static final String PREAMBLE =
      """
      #!/bin/sh
      all="$*"
      while [ $# -gt 0 ]; do
        case $1 in
          --console) console=$2; shift ;;
          --results) results=$2; shift ;;
          --cpu) cpu=$2; shift ;;
          *.py) script=$1 ;;
        esac
        shift
      done
      """;

  @TempDir private Path folder;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private RunResult run(MachineOptions machine, String script) throws Exception {
    Path program = folder.resolve("gem5.opt");
    Files.writeString(program, PREAMBLE + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return Gem5Simulator.at(program)
        .run(
            IMAGE,
            MANIFEST,
            RunOptions.DEFAULT.withTimeout(Duration.ofSeconds(3)).withMachine(machine),
            output);
  }

  private RunResult run(String script) throws Exception {
    return run(MachineOptions.DEFAULT, script);
  }

  private static String console(String text) {
    return "{ printf 'some output\\000'; cat <<'THE-END'\n" + text + "THE-END\n} > \"$console\"\n";
  }

  private static String results(String json) {
    return "cat > \"$results\" <<'THE-END'\n" + json + "\nTHE-END\n";
  }

  @Test
  void outputVerdictAndTheRegionsStatisticsArePassedOn() throws Exception {
    RunResult result =
        run(
            console(Reports.exited(0))
                + results(
                    "{\"code\": 1, \"instructions\": 100, \"cycles\": 250, \"instructionsBefore\": 52}"));

    assertThat(result.verdict()).as(result.failure()).isEqualTo(Verdict.EXITED);
    assertThat(output.toString(StandardCharsets.ISO_8859_1)).isEqualTo("some output");
    assertThat(result.region()).contains(new RegionStatistics(100, 250, OptionalLong.of(52)));
    assertThat(RunResultText.render(result))
        .contains("region: 100 instructions, 250 cycles, CPI 2.500; 52 instructions before it");
    assertThat(RunResultJson.render(result).get("regionCpi").asDouble()).isEqualTo(2.5);
    assertThat(RunResultJson.render(result).get("instructionsBeforeRegion").asLong()).isEqualTo(52);
  }

  @Test
  void statisticsThatBeganWithTheImageAreNotTheRegions() throws Exception {
    RunResult result =
        run(
            console(Reports.exited(0))
                + results("{\"code\": 1, \"instructions\": 100, \"cycles\": 250}"));

    assertThat(result.verdict()).as(result.failure()).isEqualTo(Verdict.EXITED);
    assertThat(result.region()).isEmpty();
  }

  @Test
  void gem5IsToldTheProcessorAndGivenTheScriptOfTheArchitecture() throws Exception {
    MachineOptions machine =
        new MachineOptions(Optional.empty(), OptionalInt.empty(), Optional.of("o3"), true);

    RunResult result =
        run(
            machine,
            "echo \"$all\" >&2; basename \"$script\" >&2; grep -o -m 1 X86FsWorkload \"$script\" >&2;"
                + " ls \"$(dirname \"$script\")\" >&2; exit 3");

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(result.failure())
        .contains("--cpu o3", "--caches", "thaw_x86.py", "X86FsWorkload", "thaw_common.py");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vax", "minor"})
  void aProcessorThatThereIsNotIsRefused(String processor) {
    MachineOptions machine =
        new MachineOptions(Optional.empty(), OptionalInt.empty(), Optional.of(processor), false);

    assertThatThrownBy(() -> run(machine, "exit 0"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--cpu: found '" + processor + "', acceptable: atomic, timing, o3");
  }

  @Test
  void aMachineThatThereIsNotIsRefused() {
    MachineOptions machine =
        new MachineOptions(Optional.of("q35"), OptionalInt.empty(), Optional.empty(), false);

    assertThatThrownBy(() -> run(machine, "exit 0"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--machine: found 'q35', acceptable: pc");
  }

  @Test
  void aReportWithoutResultsIsAFailure() throws Exception {
    assertThat(run(console(Reports.exited(0))).verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
  }

  @Test
  void aReportThatTheCodeContradictsIsAFailure() throws Exception {
    RunResult result = run(console(Reports.exited(0)) + results("{\"code\": 9}"));

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
  }

  @Test
  void resultsThatAreCutOffAreNone() throws Exception {
    RunResult result = run(console(Reports.exited(0)) + results("{\"code\": 1, \"instr"));

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
  }

  @Test
  void aCrashIsAFailureWithItsMessages() throws Exception {
    RunResult result = run("echo 'fatal: Kernel is mapped to invalid location' >&2\nkill -ABRT $$");

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
    assertThat(result.failure()).contains("signal 6", "invalid location");
  }

  @Test
  void garbageIsAFailure() throws Exception {
    RunResult result = run("head -c 100000 /dev/urandom > \"$console\"\n" + results("{}"));

    assertThat(result.verdict()).isEqualTo(Verdict.SIMULATOR_FAILED);
  }

  @Test
  void aHangIsATimeOut() throws Exception {
    assertThat(run("sleep 1000").verdict()).isEqualTo(Verdict.TIME_OUT);
  }

  @Test
  void aMissingGem5IsSaidWithWhatToDo() {
    assertThatThrownBy(
            () ->
                Gem5Simulator.at(folder.resolve("no-gem5"))
                    .run(IMAGE, MANIFEST, RunOptions.DEFAULT, output))
        .isInstanceOfSatisfying(
            ToolMissingException.class, e -> assertThat(e.remedy()).contains("THAW_GEM5"));
  }

  @Test
  void whatItsProcessorLacksIsRefusedByName() throws IOException {
    Manifest needy = Manifests.needing("qemu-x86_64", List.of("avx"));

    assertThatThrownBy(
            () ->
                Gem5Simulator.at(folder.resolve("no-gem5"))
                    .run(IMAGE, needy, RunOptions.DEFAULT, output))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .contains("manifest, needs", "found avx", "--platform gem5-x86_64");
  }
}
