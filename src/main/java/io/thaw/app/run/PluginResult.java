package io.thaw.app.run;

import java.util.Map;

/**
 * What the counting plugin left when the simulator ended.
 *
 * @param counts instructions up to the end
 * @param stopped whether it ended the run because of the instruction limit
 * @param traceComplete whether every byte of the trace could be written
 */
record PluginResult(InstructionCounts counts, boolean stopped, boolean traceComplete) {

  static PluginResult parse(String text) throws MalformedTextException {
    Map<String, String> values = KeyValueText.parse(KeyValueText.lines(text));
    return new PluginResult(
        new InstructionCounts(
            count(values, "restore_instructions"),
            count(values, "user_instructions"),
            count(values, "stub_instructions")),
        flag(values, "stopped"),
        !flag(values, "trace_failed"));
  }

  private static long count(Map<String, String> values, String key) throws MalformedTextException {
    long count = KeyValueText.number(values, key);
    if (count < 0) {
      throw new MalformedTextException(key + " is too large");
    }
    return count;
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
