package io.thaw.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportSplitterTest {

  private static final String REPORT = "thaw-report\nverdict=0x1\nend\n";

  /** What is written, in pieces; what of it is the program's; the report. */
  private record Case(List<String> written, String program, String report) {
    static Case of(String program, String report, String... written) {
      return new Case(List.of(written), program, report);
    }
  }

  static Case[] cases() {
    String huge = "\0" + REPORT + "x".repeat(5000);
    return new Case[] {
      Case.of("", ""),
      Case.of("hello", "", "hello"),
      Case.of("hello", REPORT, "hello\0" + REPORT),
      Case.of("hello", REPORT, "hel", "lo\0thaw-", "report\nverdict=0x1\nend\n"),
      Case.of("", REPORT, "\0", REPORT),
      Case.of("a\0b", "", "a\0b"),
      Case.of("\0\0\0", REPORT, "\0\0\0\0" + REPORT),
      Case.of("\0thaw", "", "\0thaw"),
      Case.of("\0thaw-reporT\nx", REPORT, "\0thaw-reporT\nx\0" + REPORT),
      Case.of("\0" + REPORT + "more", REPORT, "\0" + REPORT + "more\0" + REPORT),
      Case.of("\0" + REPORT, REPORT, "\0" + REPORT + "\0" + REPORT),
      Case.of(huge, "", huge),
      Case.of(huge, REPORT, huge, "\0" + REPORT),
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theReportBehindAZeroIsNotTheProgramsOutput(Case one) throws Exception {
    ByteArrayOutputStream program = new ByteArrayOutputStream();
    ReportSplitter splitter = new ReportSplitter(program);
    for (String piece : one.written()) {
      splitter.write(piece.getBytes(StandardCharsets.ISO_8859_1));
    }

    assertThat(splitter.finish()).isEqualTo(one.report());
    assertThat(program.toString(StandardCharsets.ISO_8859_1)).isEqualTo(one.program());
  }
}
