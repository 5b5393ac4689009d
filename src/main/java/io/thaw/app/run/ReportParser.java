package io.thaw.app.run;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.RegisterRow;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the stub's report: {@code thaw-report}, {@code verdict=0xN}, a line for each number, {@code
 * end}. A report is taken whole or not at all: unknown and repeated keys, missing numbers and bytes
 * before or after it are refused.
 */
final class ReportParser {

  /** Many times the longest report. */
  static final int MAX_BYTES = 4096;

  private static final String FIRST_LINE = "thaw-report";
  private static final String VERDICT = "verdict";

  private static final Set<ReportKey> ALWAYS =
      Set.of(ReportKey.SWALLOWED, ReportKey.DEMAND_PAGES, ReportKey.CALLS);

  private static final Set<ReportKey> CALL =
      Set.of(
          ReportKey.NUMBER,
          ReportKey.PC,
          ReportKey.A0,
          ReportKey.A1,
          ReportKey.A2,
          ReportKey.A3,
          ReportKey.A4,
          ReportKey.A5);
  private static final Set<ReportKey> ACCESS =
      Set.of(ReportKey.ADDRESS, ReportKey.ACCESS, ReportKey.PC, ReportKey.SP);
  private static final Set<ReportKey> FAULT =
      Set.of(ReportKey.CAUSE, ReportKey.DETAIL, ReportKey.PC);

  private static final Set<ReportKey> DIFFERENCE =
      Set.of(ReportKey.EVENT, ReportKey.REASON, ReportKey.TRIGGER);

  private static final Set<String> REGISTERS =
      Arrays.stream(Architecture.values())
          .flatMap(architecture -> RegisterRow.names(architecture).stream())
          .collect(Collectors.toUnmodifiableSet());

  private ReportParser() {}

  static Report parse(String text) throws MalformedTextException {
    List<String> lines = KeyValueText.lines(text);
    if (!lines.get(0).equals(FIRST_LINE)) {
      throw new MalformedTextException("the first line is not '" + FIRST_LINE + "'");
    }
    Map<String, String> values = KeyValueText.parse(lines.subList(1, lines.size()));
    Verdict verdict = verdict(values);
    EnumMap<ReportKey, Long> numbers = new EnumMap<>(ReportKey.class);
    Map<String, Long> registers = new LinkedHashMap<>();
    for (String label : values.keySet()) {
      if ((verdict == Verdict.DIVERGED || verdict == Verdict.MARKER)
          && REGISTERS.contains(label)
          && !label.equals(VERDICT)) {
        registers.put(label, KeyValueText.number(values, label));
      } else if (!label.equals(VERDICT)) {
        numbers.put(key(label), KeyValueText.number(values, label));
      }
    }
    requireAll(numbers, ALWAYS);
    requireAll(numbers, keysOf(verdict));
    Long access = numbers.get(ReportKey.ACCESS);
    if (access != null && access != 1 && access != 2 && access != 4) {
      throw new MalformedTextException("access is neither 1, 2 nor 4: " + access);
    }
    return new Report(verdict, numbers, registers);
  }

  private static Verdict verdict(Map<String, String> values) throws MalformedTextException {
    if (values.isEmpty() || !values.keySet().iterator().next().equals(VERDICT)) {
      throw new MalformedTextException("the second line is not " + VERDICT + "=");
    }
    long number = KeyValueText.number(values, VERDICT);
    return Verdict.byStubNumber(number)
        .orElseThrow(
            () -> new MalformedTextException("unknown verdict " + Long.toUnsignedString(number)));
  }

  private static ReportKey key(String label) throws MalformedTextException {
    return Arrays.stream(ReportKey.values())
        .filter(key -> key.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new MalformedTextException("unknown key '" + label + "'"));
  }

  private static void requireAll(Map<ReportKey, Long> numbers, Set<ReportKey> keys)
      throws MalformedTextException {
    for (ReportKey key : ReportKey.values()) {
      if (keys.contains(key) && !numbers.containsKey(key)) {
        throw new MalformedTextException("no line " + key.label() + "=");
      }
    }
  }

  private static Set<ReportKey> keysOf(Verdict verdict) {
    return switch (verdict) {
      case EXITED -> Set.of(ReportKey.STATUS);
      case UNKNOWN_CALL -> CALL;
      case PAGE_FAULT, MISSING_PAGE, POOL_EXHAUSTED -> ACCESS;
      case PROGRAM_FAULT, STUB_FAULT -> FAULT;
      case COMPLETE -> Set.of();
      case MARKER -> Set.of(ReportKey.HITS);
      case DIVERGED -> DIFFERENCE;
      case STOPPED, TIME_OUT, SIMULATOR_FAILED -> throw new AssertionError(verdict);
    };
  }
}
