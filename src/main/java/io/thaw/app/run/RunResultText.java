package io.thaw.app.run;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run's result for people: the verdict on one line, then hints and counts if there are any. */
public final class RunResultText {

  private static final ReportKey[] ARGUMENTS = {
    ReportKey.A0, ReportKey.A1, ReportKey.A2, ReportKey.A3, ReportKey.A4, ReportKey.A5
  };

  private RunResultText() {}

  /** Lines without the last line feed. */
  public static String render(RunResult result) {
    StringBuilder text = new StringBuilder("verdict: ").append(verdict(result));
    result
        .report()
        .filter(report -> report.required(ReportKey.SWALLOWED) != 0)
        .ifPresent(
            report ->
                text.append(", ")
                    .append(Long.toUnsignedString(report.required(ReportKey.SWALLOWED)))
                    .append(" bytes to files swallowed"));
    switch (result.verdict()) {
      case POOL_EXHAUSTED -> text.append("\nhint: link with a larger --heap");
      case MISSING_PAGE ->
          text.append("\nhint: the image does not have this page: the dump did not, or it was")
              .append(" trimmed away, and 'thaw trim --add-page ADDRESS' keeps it");
      case STUB_FAULT -> text.append("\nhint: this is a bug in Thaw, please report it");
      default -> {}
    }
    result
        .counts()
        .ifPresent(
            counts ->
                text.append(
                    String.format(
                        "\ninstructions: restore %d, user %d, stub %d",
                        counts.restore(), counts.user(), counts.stub())));
    result
        .cycles()
        .ifPresent(
            cycles ->
                text.append(
                    String.format(
                        "\ncycles: %d, of which restore %d, user %d, stub %d",
                        cycles.total(), cycles.restore(), cycles.user(), cycles.stub())));
    result
        .region()
        .ifPresent(
            region -> {
              text.append(
                  String.format(
                      "\nregion: %d instructions, %d cycles, CPI %.3f",
                      region.instructions(), region.cycles(), region.cyclesPerInstruction()));
              region
                  .instructionsBefore()
                  .ifPresent(before -> text.append("; " + before + " instructions before it"));
            });
    result
        .report()
        .flatMap(Report::counters)
        .ifPresent(
            counters ->
                text.append(
                    String.format(
                        "\nprogram's region by the processor's counters: %d instructions, %d cycles,"
                            + " CPI %.3f",
                        counters.instructions(),
                        counters.cycles(),
                        counters.cyclesPerInstruction())));
    return text.toString();
  }

  private static String verdict(RunResult result) {
    return result
        .report()
        .map(report -> reported(result, report))
        .orElseGet(() -> unreported(result));
  }

  private static String unreported(RunResult result) {
    return switch (result.verdict()) {
      case STOPPED ->
          "stopped"
              + result
                  .counts()
                  .map(counts -> " after " + counts.user() + " user instructions")
                  .orElse("");
      case SIMULATOR_FAILED -> "simulator failed: " + result.failure();
      default -> result.verdict().label();
    };
  }

  private static String reported(RunResult result, Report report) {
    String label = report.verdict().label();
    return switch (report.verdict()) {
      case EXITED -> label + " " + report.programStatus();
      case UNKNOWN_CALL ->
          String.format(
              "%s %s (%s) at 0x%x, arguments %s",
              label,
              Long.toUnsignedString(report.required(ReportKey.NUMBER)),
              SystemCallNames.name(result.architecture(), report.required(ReportKey.NUMBER))
                  .orElse("no name known"),
              report.required(ReportKey.PC),
              Stream.of(ARGUMENTS)
                  .map(key -> String.format("0x%x", report.required(key)))
                  .collect(Collectors.joining(" ")));
      case PAGE_FAULT, MISSING_PAGE, POOL_EXHAUSTED ->
          String.format(
              "%s: %s of 0x%x at pc 0x%x, sp 0x%x",
              label,
              access(report),
              report.required(ReportKey.ADDRESS),
              report.required(ReportKey.PC),
              report.required(ReportKey.SP));
      case PROGRAM_FAULT, STUB_FAULT ->
          String.format(
              "%s: %s at pc 0x%x, cause 0x%x, detail 0x%x",
              label,
              FaultNames.name(result.architecture(), report.required(ReportKey.CAUSE)),
              report.required(ReportKey.PC),
              report.required(ReportKey.CAUSE),
              report.required(ReportKey.DETAIL));
      case COMPLETE ->
          label
              + (report.value(ReportKey.HITS).isPresent() ? ", the interval's end" : "")
              + report.value(ReportKey.EVENTS).stream()
                  .filter(events -> events != 0)
                  .mapToObj(events -> ": " + events + " events matched")
                  .collect(Collectors.joining())
              + report.value(ReportKey.STATUS).stream()
                  .mapToObj(status -> ", the program exited with " + status)
                  .collect(Collectors.joining());
      case MARKER -> label;
      case DIVERGED -> DivergenceText.render(result.architecture(), report);
      case STOPPED, TIME_OUT, SIMULATOR_FAILED -> throw new AssertionError(report.verdict());
    };
  }

  /** The access in one word. */
  static String access(Report report) {
    return switch ((int) report.required(ReportKey.ACCESS)) {
      case 1 -> "read";
      case 2 -> "write";
      default -> "execution";
    };
  }
}
