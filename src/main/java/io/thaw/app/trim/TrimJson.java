package io.thaw.app.trim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thaw.app.text.FileList;
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
    json.put("fileSizeBytes", FileList.sizeBytes(files));
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
    mark(json.putObject("regionBegin"), manifest.regionBegin());
    mark(json.putObject("regionEnd"), interval.regionEnd());
    json.put("registersDigest", interval.registersDigest());
    json.put("memoryDigest", interval.memoryDigest());
    interval.extensions().forEach(json.putArray("extensions")::add);
    ArrayNode mappings = json.putArray("mappings");
    for (Manifest.TrimmedMapping mapping : interval.mappings()) {
      ObjectNode row = mappings.addObject();
      row.put("start", String.format("0x%x", mapping.range().start()));
      row.put("end", String.format("0x%x", mapping.range().end()));
      row.put("protection", mapping.protection());
      row.put("name", mapping.name());
      row.put("liveInPages", mapping.liveInPages());
      row.put("liveInWords", mapping.liveInWords());
      row.put("zeroFilledPages", mapping.zeroFilledPages());
      row.put("droppedPages", mapping.droppedPages());
    }
    return json;
  }

  private static void mark(ObjectNode json, Manifest.Mark mark) {
    json.put("pc", String.format("0x%x", mark.pc())).put("count", mark.count());
  }
}
