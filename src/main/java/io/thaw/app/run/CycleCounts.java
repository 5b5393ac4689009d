package io.thaw.app.run;

import java.util.Map;
import java.util.Optional;

/**
 * Clock cycles of a run, on a simulator that has a clock.
 *
 * @param total from the end of reset to the end of the run
 * @param restore from the boot ROM's jump to the image until the last instruction before the
 *     program has retired
 * @param user in which the pipeline's next instruction was one of the program
 * @param stub of the stub after the restore path
 */
public record CycleCounts(long total, long restore, long user, long stub) {

  private static final String TOTAL = "cycles";

  /** Those that a simulator left, if it counts them. */
  static Optional<CycleCounts> parse(Map<String, String> values) throws MalformedTextException {
    return values.containsKey(TOTAL)
        ? Optional.of(
            new CycleCounts(
                KeyValueText.count(values, TOTAL),
                KeyValueText.count(values, "restore_cycles"),
                KeyValueText.count(values, "user_cycles"),
                KeyValueText.count(values, "stub_cycles")))
        : Optional.empty();
  }
}
