package io.thaw.app.run;

import java.util.EnumMap;
import java.util.Map;

/** Reports as the stub writes them. */
final class Reports {

  private static final String TAIL =
      """
      swallowed=0x0
      demand_pages=0x3
      calls=0x11
      end
      """;

  private Reports() {}

  private static String report(Verdict verdict, String numbers) {
    return String.format("thaw-report\nverdict=0x%x\n", verdict.stubNumber()) + numbers + TAIL;
  }

  static String exited(long status) {
    return report(Verdict.EXITED, String.format("status=0x%x\n", status));
  }

  static String unknownCall(long number) {
    String numbers =
        """
        pc=0x401000
        a0=0x2
        a1=0x1
        a2=0x0
        a3=0xffffffffffffffff
        a4=0x0
        a5=0x7
        """;
    return report(Verdict.UNKNOWN_CALL, String.format("number=0x%x\n", number) + numbers);
  }

  /** A verdict about an access: page fault, missing page, pool exhausted. */
  static String access(Verdict verdict, long access) {
    return report(
        verdict,
        String.format(
            """
            address=0xffffffffffffff00
            access=0x%x
            pc=0x401000
            sp=0x7ffc0000
            """,
            access));
  }

  /** A verdict about an exception: program fault, stub fault. */
  static String fault(Verdict verdict, long cause) {
    return report(verdict, String.format("cause=0x%x\ndetail=0x0\npc=0x401000\n", cause));
  }

  /** A replay that was not on the recorded path at an event. */
  static String diverged(int event) {
    return report(
        Verdict.DIVERGED,
        String.format("event=0x%x\nreason=0x1\ntrigger=0x1\nevents=0x%x\n", event, event));
  }

  /** A report of any of the stub's verdicts. */
  static String of(Verdict verdict) {
    return switch (verdict) {
      case EXITED -> exited(0);
      case UNKNOWN_CALL -> unknownCall(41);
      case PAGE_FAULT, MISSING_PAGE, POOL_EXHAUSTED -> access(verdict, 2);
      case PROGRAM_FAULT, STUB_FAULT -> fault(verdict, 6);
      case COMPLETE -> report(verdict, "events=0x52\n");
      case DIVERGED -> diverged(7);
      case MARKER -> report(verdict, "hits=0x1\n");
      case STOPPED, TIME_OUT, SIMULATOR_FAILED -> throw new IllegalArgumentException();
    };
  }

  static Report parse(String text) {
    try {
      return ReportParser.parse(text);
    } catch (MalformedTextException e) {
      throw new AssertionError(e);
    }
  }

  /** The same report with another value. */
  static Report with(Report report, ReportKey key, long value) {
    Map<ReportKey, Long> values = new EnumMap<>(report.values());
    values.put(key, value);
    return new Report(report.verdict(), values);
  }
}
