package io.thaw.app.run;

import java.util.Map;
import java.util.Optional;

/**
 * What whoever counts left when the simulator ended: the plugin of QEMU, the model's harness.
 *
 * @param counts instructions up to the end
 * @param cycles the same of cycles, if there is a clock
 * @param stopped whether it ended the run because of the instruction limit
 * @param traceComplete whether every byte of the trace could be written
 */
record PluginResult(
    InstructionCounts counts,
    Optional<CycleCounts> cycles,
    boolean stopped,
    boolean traceComplete) {

  static PluginResult parse(String text) throws MalformedTextException {
    Map<String, String> values = KeyValueText.parse(KeyValueText.lines(text));
    return new PluginResult(
        new InstructionCounts(
            KeyValueText.count(values, "restore_instructions"),
            KeyValueText.count(values, "user_instructions"),
            KeyValueText.count(values, "stub_instructions")),
        CycleCounts.parse(values),
        flag(values, "stopped"),
        !flag(values, "trace_failed"));
  }

  private static boolean flag(Map<String, String> values, String key)
      throws MalformedTextException {
    long number = KeyValueText.number(values, key);
    if (number != 0 && number != 1) {
      throw new MalformedTextException(key + " is neither 0 nor 1");
    }
    return number == 1;
  }
}
