package io.thaw.app.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A diagnosis for machines; what is not known is left out. */
public final class DiagnosisJson {

  private DiagnosisJson() {}

  public static ObjectNode of(Diagnosis diagnosis) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("good", diagnosis.good());
    ArrayNode tools = json.putArray("tools");
    for (Finding finding : diagnosis.findings()) {
      ObjectNode tool = tools.addObject();
      tool.put("tool", finding.tool());
      tool.put("purpose", finding.purpose());
      tool.put("good", finding.good());
      tool.put("optional", finding.optional());
      finding.path().ifPresent(path -> tool.put("path", path.toString()));
      finding.version().ifPresent(version -> tool.put("version", version));
      if (!finding.note().isEmpty()) {
        tool.put("note", finding.note());
      }
      finding.trouble().ifPresent(trouble -> tool.put("trouble", trouble));
    }
    diagnosis.remedy().ifPresent(remedy -> json.put("remedy", remedy));
    diagnosis.optionalRemedy().ifPresent(remedy -> json.put("optionalRemedy", remedy));
    return json;
  }
}
