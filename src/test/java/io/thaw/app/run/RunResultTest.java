package io.thaw.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thaw.linker.model.Architecture;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunResultTest {

  private static RunResult reported(String report) {
    return reported(Architecture.X86_64, report);
  }

  private static RunResult reported(Architecture architecture, String report) {
    return RunResult.reported(architecture, Reports.parse(report), Optional.empty());
  }

  private static RunResult unreported(Verdict verdict) {
    return RunResult.unreported(
        verdict, Architecture.X86_64, Optional.of(new InstructionCounts(52, 1000, 77)));
  }

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN_CALL, 5",
    "PAGE_FAULT, 5",
    "MISSING_PAGE, 5",
    "PROGRAM_FAULT, 5",
    "POOL_EXHAUSTED, 5",
    "STUB_FAULT, 1"
  })
  void aFaultIsNoSuccess(Verdict verdict, int exitStatus) {
    assertThat(reported(Reports.of(verdict)).exitStatus()).isEqualTo(exitStatus);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 5", "255, 5", "256, 0"})
  void aProgramThatFailsIsNoSuccess(long status, int exitStatus) {
    assertThat(reported(Reports.exited(status)).exitStatus()).isEqualTo(exitStatus);
  }

  @ParameterizedTest
  @CsvSource({"STOPPED, 0", "TIME_OUT, 124", "SIMULATOR_FAILED, 6"})
  void otherVerdictsHaveTheirStatus(Verdict verdict, int exitStatus) {
    assertThat(unreported(verdict).exitStatus()).isEqualTo(exitStatus);
  }

  @Test
  void aVerdictOfTheStubNeedsItsReport() {
    assertThatThrownBy(() -> unreported(Verdict.EXITED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textNamesTheExitStatus() {
    assertThat(RunResultText.render(reported(Reports.exited(3)))).isEqualTo("verdict: exited 3");
  }

  @Test
  void textNamesTheCall() {
    assertThat(RunResultText.render(reported(Reports.unknownCall(41))))
        .isEqualTo(
            "verdict: unknown call 41 (socket) at 0x401000,"
                + " arguments 0x2 0x1 0x0 0xffffffffffffffff 0x0 0x7");
    assertThat(RunResultText.render(reported(Architecture.AARCH64, Reports.unknownCall(198))))
        .startsWith("verdict: unknown call 198 (socket) at 0x401000");
    assertThat(RunResultText.render(reported(Reports.unknownCall(-1))))
        .startsWith("verdict: unknown call 18446744073709551615 (no name known)");
  }

  @Test
  void textNamesTheAccess() {
    assertThat(RunResultText.render(reported(Reports.access(Verdict.PAGE_FAULT, 2))))
        .isEqualTo(
            "verdict: page fault: write of 0xffffffffffffff00 at pc 0x401000, sp 0x7ffc0000");
    assertThat(RunResultText.render(reported(Reports.access(Verdict.PAGE_FAULT, 4))))
        .contains("execution of");
  }

  @Test
  void textHintsAtTheHeap() {
    assertThat(RunResultText.render(reported(Reports.of(Verdict.POOL_EXHAUSTED))))
        .contains("verdict: memory pool exhausted", "\nhint: ", "--heap");
  }

  @Test
  void textNamesTheFault() {
    assertThat(RunResultText.render(reported(Reports.fault(Verdict.PROGRAM_FAULT, 6))))
        .isEqualTo("verdict: program fault: invalid opcode at pc 0x401000, cause 0x6, detail 0x0");
    assertThat(
            RunResultText.render(
                reported(
                    Architecture.AARCH64,
                    Reports.fault(Verdict.PROGRAM_FAULT, 0x3cL << 26 | 0x1234))))
        .startsWith("verdict: program fault: BRK instruction at");
    assertThat(
            RunResultText.render(
                reported(Architecture.RISCV64, Reports.fault(Verdict.PROGRAM_FAULT, 2))))
        .startsWith("verdict: program fault: illegal instruction at");
  }

  @Test
  void textTellsWhatWasSwallowed() {
    Report report = Reports.with(Reports.parse(Reports.exited(0)), ReportKey.SWALLOWED, 4096);

    assertThat(
            RunResultText.render(RunResult.reported(Architecture.X86_64, report, Optional.empty())))
        .isEqualTo("verdict: exited 0, 4096 bytes to files swallowed");
  }

  @Test
  void textTellsTheCounts() {
    assertThat(RunResultText.render(unreported(Verdict.STOPPED)))
        .isEqualTo(
            "verdict: stopped after 1000 user instructions\n"
                + "instructions: restore 52, user 1000, stub 77");
  }

  @Test
  void cyclesAreToldWhereThereIsAClock() {
    RunResult result =
        unreported(Verdict.STOPPED).withCycles(Optional.of(new CycleCounts(5000, 445, 4000, 500)));

    assertThat(RunResultText.render(result))
        .endsWith("\ncycles: 5000, of which restore 445, user 4000, stub 500");
    assertThat(RunResultJson.render(result).toString())
        .contains("\"cycles\":5000,\"restoreCycles\":445,\"userCycles\":4000,\"stubCycles\":500");
  }

  @Test
  void jsonOfAnUnknownCall() {
    assertThat(RunResultJson.render(reported(Reports.unknownCall(41))).toString())
        .isEqualTo(
            "{\"verdict\":\"unknown call\",\"exitStatus\":5,\"call\":{\"number\":41,"
                + "\"name\":\"socket\",\"arguments\":[\"0x2\",\"0x1\",\"0x0\","
                + "\"0xffffffffffffffff\",\"0x0\",\"0x7\"]},\"pc\":\"0x401000\","
                + "\"swallowedBytes\":0,\"demandPages\":3,\"calls\":17}");
  }

  @Test
  void jsonOfAPageFault() {
    assertThat(RunResultJson.render(reported(Reports.access(Verdict.PAGE_FAULT, 1))).toString())
        .isEqualTo(
            "{\"verdict\":\"page fault\",\"exitStatus\":5,\"access\":\"read\","
                + "\"address\":\"0xffffffffffffff00\",\"pc\":\"0x401000\",\"sp\":\"0x7ffc0000\","
                + "\"swallowedBytes\":0,\"demandPages\":3,\"calls\":17}");
  }

  @Test
  void jsonHasTheCounts() {
    assertThat(RunResultJson.render(unreported(Verdict.TIME_OUT)).toString())
        .isEqualTo(
            "{\"verdict\":\"time-out\",\"exitStatus\":124,\"restoreInstructions\":52,"
                + "\"userInstructions\":1000,\"stubInstructions\":77}");
  }

  @Test
  void jsonHasTheProgramsStatus() {
    assertThat(RunResultJson.render(reported(Reports.exited(3))).get("status").asInt())
        .isEqualTo(3);
  }

  @Test
  void jsonTellsWhatWasSeenOfAFailure() {
    RunResult result = RunResult.failed(Architecture.X86_64, Optional.empty(), "no report");

    assertThat(RunResultJson.render(result).toString())
        .isEqualTo("{\"verdict\":\"simulator failed\",\"exitStatus\":6,\"failure\":\"no report\"}");
  }
}
