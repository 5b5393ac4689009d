package io.thaw.app.inspect;

import io.thaw.app.run.SystemCallNames;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Effect;
import io.thaw.linker.model.Event;
import io.thaw.linker.model.Recording;
import io.thaw.linker.model.RecordingDescription;
import io.thaw.linker.model.Trigger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What there is to say of a recording beyond its checkpoint.
 *
 * @param description how it was made
 * @param eventCount events, the end included
 * @param counts how often each call was made, by its name; counter reads and faults by theirs; most
 *     frequent first
 * @param writtenBytes bytes that the kernel wrote into the program's memory
 * @param outputBytes bytes that the program wrote to descriptors that are shown
 */
public record RecordingInspection(
    RecordingDescription description,
    long eventCount,
    Map<String, Long> counts,
    long writtenBytes,
    long outputBytes) {

  public RecordingInspection {
    Objects.requireNonNull(description);
    counts = new LinkedHashMap<>(counts);
  }

  static RecordingInspection of(Recording recording) {
    Architecture architecture = recording.checkpoint().architecture();
    Map<Long, String> names = SystemCallNames.table(architecture);
    Map<String, Long> counts = new TreeMap<>();
    long written = 0;
    long output = 0;
    for (Event event : recording.events()) {
      counts.merge(name(event, names), 1L, Long::sum);
      for (Effect effect : event.effects()) {
        if (effect instanceof Effect.Written bytes) {
          written += bytes.bytes().sizeBytes();
        } else if (effect instanceof Effect.Output shown && shown.stream() != 0) {
          output += shown.sizeBytes();
        }
      }
    }
    return new RecordingInspection(
        recording.description(), recording.events().size(), sorted(counts), written, output);
  }

  private static String name(Event event, Map<Long, String> names) {
    if (event.trigger() == Trigger.CALL) {
      return names.getOrDefault(event.number(), "call " + event.number());
    }
    return event.trigger() == Trigger.COUNTER ? "(counter read)" : "(fault)";
  }

  private static Map<String, Long> sorted(Map<String, Long> counts) {
    Map<String, Long> sorted = new LinkedHashMap<>();
    List<Map.Entry<String, Long>> entries =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .toList();
    entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
