package io.thaw.app.record.calls;

import java.util.HashMap;
import java.util.Map;

/** The table while it is written down. Calls that do the same share a row: names with spaces. */
final class Rows {

  private final Map<String, CallRule> rules = new HashMap<>();

  void row(String names, Action... actions) {
    rule(names, Rule.doing(actions));
  }

  /** Calls that change nothing that the program sees but their result. */
  void nothing(String names) {
    row(names);
  }

  void refused(String names, String reason) {
    rule(names, Rule.refused(reason));
  }

  void rule(String names, CallRule rule) {
    for (String name : names.strip().split("\\s+", -1)) {
      if (rules.put(name, rule) != null) {
        throw new IllegalStateException(name + " is there twice");
      }
    }
  }

  Map<String, CallRule> toMap() {
    return Map.copyOf(rules);
  }
}
