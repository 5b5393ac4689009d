package io.thaw.linker.platform;

import io.thaw.linker.problem.ProblemLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A table of a TOML file, each of whose keys has to be one that somebody asks for. What is wrong
 * goes to the log with line and column, and something harmless is returned.
 */
final class CheckedTable {

  private final String file;
  private final String path;
  private final TomlTable table;
  private final ProblemLog problems;
  private final TomlPosition position;
  private final Set<String> asked = new HashSet<>();

  private CheckedTable(
      String file, String path, TomlTable table, TomlPosition position, ProblemLog problems) {
    this.file = file;
    this.path = path;
    this.table = table;
    this.position = position;
    this.problems = problems;
  }

  static CheckedTable root(String file, TomlTable table, ProblemLog problems) {
    return new CheckedTable(file, "", table, TomlPosition.positionAt(1, 1), problems);
  }

  boolean has(String key) {
    return table.contains(List.of(key));
  }

  boolean isString(String key) {
    return table.get(List.of(key)) instanceof String;
  }

  String requiredString(String key, String acceptable) {
    Optional<String> value = string(key, acceptable);
    if (value.isEmpty() && !has(key)) {
      missing(key, acceptable);
    }
    return value.orElse("");
  }

  Optional<String> string(String key, String acceptable) {
    return value(key, String.class, acceptable);
  }

  /** A number of 64 bits, which TOML knows as a signed one. */
  long requiredNumber(String key, String acceptable) {
    OptionalLong value = number(key, acceptable);
    if (value.isEmpty() && !has(key)) {
      missing(key, acceptable);
    }
    return value.orElse(0);
  }

  OptionalLong number(String key, String acceptable) {
    Optional<Long> value = value(key, Long.class, acceptable);
    return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
  }

  boolean isTrue(String key) {
    return value(key, Boolean.class, "true or false").orElse(false);
  }

  Optional<List<String>> strings(String key) {
    return list(key, String.class, "a list of strings");
  }

  Optional<List<Long>> numbers(String key) {
    return list(key, Long.class, "a list of numbers");
  }

  private <T> Optional<List<T>> list(String key, Class<T> type, String acceptable) {
    Optional<TomlArray> array = value(key, TomlArray.class, acceptable);
    if (array.isEmpty()) {
      return Optional.empty();
    }
    List<T> items = new ArrayList<>();
    for (int i = 0; i < array.get().size(); i++) {
      Object item = array.get().get(i);
      if (type.isInstance(item)) {
        items.add(type.cast(item));
      } else {
        refuse(key, shown(item), acceptable);
      }
    }
    return Optional.of(items);
  }

  Optional<CheckedTable> table(String key) {
    return value(key, TomlTable.class, "a table")
        .map(child -> new CheckedTable(file, name(key), child, position(key), problems));
  }

  /** An array of tables, empty if there is none. */
  List<CheckedTable> tables(String key) {
    Optional<TomlArray> array =
        value(key, TomlArray.class, "tables, each begun by [[" + key + "]]");
    List<CheckedTable> tables = new ArrayList<>();
    for (int i = 0; array.isPresent() && i < array.get().size(); i++) {
      if (array.get().get(i) instanceof TomlTable child) {
        tables.add(
            new CheckedTable(file, name(key), child, array.get().inputPositionOf(i), problems));
      } else {
        refuse(key, String.valueOf(array.get().get(i)), "a table");
      }
    }
    return tables;
  }

  /** To be called when all keys that mean something were asked for. */
  void refuseOthers() {
    for (String key : table.keySet()) {
      if (!asked.contains(key)) {
        refuse(
            key,
            "a key that means nothing here",
            String.join(", ", asked.stream().sorted().toList()));
      }
    }
  }

  /** A problem with a key of this table. */
  void refuse(String key, String found, String acceptable) {
    problems.add(file, at(position(key), name(key)), found, acceptable);
  }

  /** A problem with the table as such. */
  void refuseAll(String found, String acceptable) {
    problems.add(file, path.isEmpty() ? "" : at(position, path), found, acceptable);
  }

  private void missing(String key, String acceptable) {
    problems.add(file, at(position, name(key)), "nothing", acceptable);
  }

  private <T> Optional<T> value(String key, Class<T> type, String acceptable) {
    asked.add(key);
    Object value = table.get(List.of(key));
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      refuse(key, shown(value), acceptable);
      return Optional.empty();
    }
    return Optional.of(type.cast(value));
  }

  private static String shown(Object value) {
    if (value instanceof TomlTable) {
      return "a table";
    }
    if (value instanceof TomlArray) {
      return "a list";
    }
    return value instanceof String ? "'" + value + "'" : value.toString();
  }

  private TomlPosition position(String key) {
    TomlPosition own = table.inputPositionOf(List.of(key));
    return own == null ? position : own;
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String at(TomlPosition position, String name) {
    return "line " + position.line() + ", column " + position.column() + ", " + name;
  }
}
