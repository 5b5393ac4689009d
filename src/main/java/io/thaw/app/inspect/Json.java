package io.thaw.app.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thaw.linker.model.Manifest;
import java.util.List;

/** What the JSON of dumps and of images have in common. Addresses and masks are strings. */
final class Json {

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode strings(List<String> values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(array::add);
    return array;
  }

  static ArrayNode mappings(List<Manifest.Mapping> mappings) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Manifest.Mapping mapping : mappings) {
      ObjectNode row = array.addObject();
      row.put("start", Hex.of(mapping.range().start()));
      row.put("end", Hex.of(mapping.range().end()));
      row.put("protection", mapping.protection());
      row.put("kind", mapping.kind());
      row.put("name", mapping.name());
      row.put("dumpPages", mapping.dumpPages());
      row.put("filePages", mapping.filePages());
      row.put("zeroPages", mapping.zeroPages());
      row.put("missingPages", mapping.missingPages());
    }
    return array;
  }
}
