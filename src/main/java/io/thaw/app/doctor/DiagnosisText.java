package io.thaw.app.doctor;

import java.util.ArrayList;
import java.util.List;

/** A diagnosis for people. */
public final class DiagnosisText {

  private DiagnosisText() {}

  /** Lines without the last line feed. */
  public static String of(Diagnosis diagnosis) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : diagnosis.findings()) {
      lines.add(
          String.format(
              "%-7s  %s (%s)",
              finding.good() ? "ok" : finding.optional() ? "absent" : "MISSING",
              finding.tool(),
              finding.purpose()));
      finding
          .path()
          .ifPresentOrElse(
              path ->
                  lines.add(
                      "         "
                          + path
                          + finding.version().map(version -> ", version " + version).orElse("")
                          + (finding.note().isEmpty() ? "" : ", " + finding.note())),
              () -> {
                if (!finding.note().isEmpty()) {
                  lines.add("         " + finding.note());
                }
              });
      finding.trouble().ifPresent(trouble -> lines.add("         " + trouble));
    }
    diagnosis.remedy().ifPresent(remedy -> lines.add("run as root: " + remedy));
    diagnosis
        .optionalRemedy()
        .ifPresent(remedy -> lines.add("for what is absent, as root: " + remedy));
    return String.join("\n", lines);
  }
}
