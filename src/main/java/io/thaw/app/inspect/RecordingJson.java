package io.thaw.app.inspect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thaw.linker.model.RecordingDescription;

/** What a recording has beyond its checkpoint, for machines. */
final class RecordingJson {

  private RecordingJson() {}

  static ObjectNode of(RecordingInspection recording) {
    RecordingDescription how = recording.description();
    ObjectNode json = Json.object();
    json.set("command", Json.strings(how.command()));
    json.put("start", how.start());
    json.put("end", how.end());
    json.put("dumper", how.dumper());
    json.put("isaLevel", how.isaLevel());
    json.put("processor", how.processor());
    json.put("kernel", how.kernel());
    json.set("notTrapped", Json.strings(how.notTrapped()));
    json.set("warnings", Json.strings(how.warnings()));
    json.put("events", recording.eventCount());
    ObjectNode counts = json.putObject("calls");
    recording.counts().forEach(counts::put);
    json.put("writtenBytes", recording.writtenBytes());
    json.put("outputBytes", recording.outputBytes());
    return json;
  }
}
