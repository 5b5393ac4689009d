package io.thaw.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class ReportParserTest {

  @Test
  void numbersOfAReportAreRead() throws Exception {
    Report report = ReportParser.parse(Reports.unknownCall(41));

    assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN_CALL);
    assertThat(report.value(ReportKey.NUMBER)).hasValue(41);
    assertThat(report.value(ReportKey.PC)).hasValue(0x401000);
    assertThat(report.value(ReportKey.A3)).hasValue(-1);
    assertThat(report.value(ReportKey.DEMAND_PAGES)).hasValue(3);
    assertThat(report.value(ReportKey.CALLS)).hasValue(0x11);
    assertThat(report.value(ReportKey.ADDRESS)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      mode = Mode.EXCLUDE,
      names = {"STOPPED", "TIME_OUT", "SIMULATOR_FAILED"})
  void everyVerdictOfTheStubIsRead(Verdict verdict) throws Exception {
    assertThat(ReportParser.parse(Reports.of(verdict)).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      mode = Mode.EXCLUDE,
      names = {"STOPPED", "TIME_OUT", "SIMULATOR_FAILED"})
  void aReportWithoutOneOfItsLinesIsRefused(Verdict verdict) {
    List<String> lines = Reports.of(verdict).lines().toList();
    for (int missing = 0; missing < lines.size(); missing++) {
      List<String> rest = new ArrayList<>(lines);
      rest.remove(missing);
      String text = String.join("\n", rest) + "\n";
      assertThatThrownBy(() -> ReportParser.parse(text))
          .as("without %s", lines.get(missing))
          .isInstanceOf(MalformedTextException.class);
    }
  }

  @Test
  void aReportCutOffAnywhereIsRefused() {
    String report = Reports.exited(0);
    for (int length = 0; length < report.length(); length++) {
      String cut = report.substring(0, length);
      assertThatThrownBy(() -> ReportParser.parse(cut))
          .as("the first %d bytes", length)
          .isInstanceOf(MalformedTextException.class);
    }
  }

  @Test
  void aSecondReportIsRefused() {
    assertRefused(Reports.exited(0) + Reports.exited(0), "");
  }

  @Test
  void bytesBeforeAndAfterAreRefused() {
    assertRefused("x\n" + Reports.exited(0), "first line");
    assertRefused(Reports.exited(0) + "x\n", "'end'");
    assertRefused(Reports.exited(0) + "\n", "'end'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0x", "", "0x-1", "0x+1", "-1", "0x10000000000000000", "zero", "0X1", "1 ", "+1"})
  void aValueThatIsNoNumberIsRefused(String value) {
    assertRefused(Reports.exited(0).replace("status=0x0", "status=" + value), "status");
  }

  @Test
  void unknownAndRepeatedKeysAreRefused() {
    assertRefused(Reports.exited(0).replace("end\n", "colour=0x1\nend\n"), "colour");
    assertRefused(Reports.exited(0).replace("end\n", "status=0x1\nend\n"), "twice");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 11, 99, -1})
  void anUnknownVerdictIsRefused(long number) {
    assertRefused(
        Reports.exited(0).replace("verdict=0x1", String.format("verdict=0x%x", number)), "verdict");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3, 5, 8})
  void anAccessOfNoKindIsRefused(long access) {
    assertRefused(Reports.access(Verdict.PAGE_FAULT, access), "access");
  }

  @Test
  void controlCharactersAreRefused() {
    assertRefused(Reports.exited(0).replace("status", "sta\u001b[31mtus"), "0x1b");
    assertRefused(Reports.exited(0).replace("\n", "\r\n"), "0x0d");
    assertRefused(Reports.exited(0) + "\0", "cut off");
  }

  @Test
  void damageNeverEscapesAsAnotherException() {
    long seed = 20;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(Reports.of(Verdict.UNKNOWN_CALL));
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
      }
      try {
        ReportParser.parse(text.toString());
      } catch (MalformedTextException expected) {
        assertThat(expected.getMessage()).as("seed %d, round %d", seed, round).isNotEmpty();
      }
    }
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> ReportParser.parse(text))
        .isInstanceOf(MalformedTextException.class)
        .hasMessageContaining(message);
  }
}
