package io.thaw.app.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thaw.app.trim.TrimJson;
import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.model.Manifest;

/** An image for machines. */
public final class ImageJson {

  private ImageJson() {}

  public static ObjectNode of(ImageDescription image) {
    Manifest manifest = image.manifest();
    ObjectNode json = Json.object();
    json.put("kind", "image");
    json.put("toolVersion", manifest.toolVersion());
    json.put("architecture", manifest.architecture());
    json.put("platform", manifest.platform());
    json.put("source", manifest.source());
    json.put("command", manifest.command());
    json.put("pid", manifest.pid());
    json.put("restorePath", manifest.restorePath());
    json.set("needs", Json.strings(manifest.needs()));
    json.put("fileSizeBytes", image.fileSizeBytes());
    json.put("entry", Hex.of(image.entryPaddr()));
    json.set("entries", Json.strings(manifest.entryPaddrs().stream().map(Hex::of).toList()));
    json.put("ramEnd", Hex.of(manifest.ramEndPaddr()));
    ObjectNode interval = TrimJson.interval(manifest);
    if (interval != null) {
      json.set("interval", interval);
    }
    ArrayNode stub = json.putArray("stubCode");
    for (Manifest.Range range : manifest.stubCode()) {
      stub.addObject().put("start", Hex.of(range.start())).put("end", Hex.of(range.end()));
    }
    ArrayNode segments = json.putArray("segments");
    for (ImageDescription.Segment segment : image.segments()) {
      ObjectNode row = segments.addObject();
      row.put("paddr", Hex.of(segment.paddr()));
      row.put("offsetBytes", segment.offsetBytes());
      row.put("fileSizeBytes", segment.fileSizeBytes());
      row.put("memorySizeBytes", segment.memorySizeBytes());
    }
    ArrayNode regions = json.putArray("regions");
    for (Manifest.Region region : manifest.regions()) {
      ObjectNode row = regions.addObject();
      row.put("name", region.name());
      row.put("paddr", Hex.of(region.paddr()));
      row.put("sizeBytes", region.sizeBytes());
      row.put("stored", region.stored());
    }
    json.set("mappings", Json.mappings(manifest.mappings()));
    json.set("warnings", Json.strings(manifest.warnings()));
    return json;
  }
}
