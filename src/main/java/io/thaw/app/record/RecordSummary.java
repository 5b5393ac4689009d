package io.thaw.app.record;

import java.nio.file.Path;
import java.util.List;

/**
 * What was recorded.
 *
 * @param folder the recording
 * @param callCount system calls in it, without the one at its end
 * @param end why it ends
 * @param warnings what may keep a replay from matching
 */
public record RecordSummary(Path folder, long callCount, String end, List<String> warnings) {

  public RecordSummary {
    warnings = List.copyOf(warnings);
  }
}
