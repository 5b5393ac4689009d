package io.thaw.app.run;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the stub said at the end of a run.
 *
 * @param verdict one of the stub's
 * @param values the numbers that came with it, all those that the verdict must have
 * @param registers by name, for {@link Verdict#DIVERGED} and {@link Verdict#MARKER}
 */
public record Report(Verdict verdict, Map<ReportKey, Long> values, Map<String, Long> registers) {

  public Report {
    values = Map.copyOf(new EnumMap<>(values));
    registers = Map.copyOf(registers);
  }

  /** One without registers. */
  public Report(Verdict verdict, Map<ReportKey, Long> values) {
    this(verdict, values, Map.of());
  }

  public OptionalLong value(ReportKey key) {
    Long value = values.get(key);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** A value that the verdict must have. */
  long required(ReportKey key) {
    return value(key).orElseThrow();
  }

  /** What the processor counted of the program in its region, if it could. */
  Optional<RegionStatistics> counters() {
    OptionalLong instructions = value(ReportKey.PMU_INSTRUCTIONS);
    OptionalLong cycles = value(ReportKey.PMU_CYCLES);
    return instructions.isPresent() && cycles.isPresent()
        ? Optional.of(new RegionStatistics(instructions.getAsLong(), cycles.getAsLong()))
        : Optional.empty();
  }

  /** What the program's parent would see of its status, 0 to 255. */
  long programStatus() {
    return required(ReportKey.STATUS) & 0xff;
  }
}
