package io.thaw.app.trim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thaw.linker.model.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was trimmed, for machines. */
public final class TrimJson {

  private TrimJson() {}

  public static ObjectNode of(Manifest manifest, List<Path> files) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("image", files.get(0).toString());
    json.put("fileSizeBytes", TrimText.sizeBytes(files));
    ObjectNode interval = interval(manifest);
    if (interval != null) {
      json.set("interval", interval);
    }
    return json;
  }

  /** The interval of a trimmed image, null of a whole one. */
  public static @Nullable ObjectNode interval(Manifest manifest) {
    Manifest.Interval interval = manifest.interval();
    if (interval == null) {
      return null;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sourceSha256", interval.sourceSha256());
    json.put("skippedInstructions", interval.skippedInstructions());
    json.put("warmupInstructions", interval.warmupInstructions());
    json.put("instructions", interval.instructions());
    json.put("keep", interval.keep());
    json.put("liveInPages", interval.liveInPages());
    json.put("liveInWords", interval.liveInWords());
    json.put("keptBytes", interval.keptBytes());
    json.put("zeroFilledPages", interval.zeroFilledPages());
    json.put("droppedPages", interval.droppedPages());
    json.put("markerHits", interval.markerHits());
    json.put("registersDigest", interval.registersDigest());
    json.put("memoryDigest", interval.memoryDigest());
    interval.extensions().forEach(json.putArray("extensions")::add);
    return json;
  }
}
