package io.thaw.app.dump;

import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files of {@code /proc/PID}, proc(5). */
final class ProcFiles {

  private static final String DELETED = " (deleted)";

  private final Path folder;
  private final String name;

  ProcFiles(int pid) {
    this.folder = Path.of("/proc/" + pid);
    this.name = "process " + pid;
  }

  /** What to call the process in messages. */
  String name() {
    return name;
  }

  Path path(String file) {
    return folder.resolve(file);
  }

  String text(String file) throws IOException {
    return new String(Files.readAllBytes(path(file)), StandardCharsets.UTF_8);
  }

  /** Lines of a file that not every kernel has. */
  List<String> linesIfThere(String file) throws IOException {
    try {
      return text(file).lines().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** A number of a file with nothing else, {@code otherwise} if there is no such file. */
  int number(String file, int radix, int otherwise) throws IOException {
    List<String> lines = linesIfThere(file);
    return lines.isEmpty() ? otherwise : (int) Long.parseLong(lines.get(0).trim(), radix);
  }

  /** Names and values of {@code status} and its like. */
  Map<String, String> pairs(String file) throws IOException {
    Map<String, String> pairs = new HashMap<>();
    for (String line : linesIfThere(file)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        pairs.put(line.substring(0, colon), line.substring(colon + 1).trim());
      }
    }
    return pairs;
  }

  /** The auxiliary vector. */
  Map<Long, Long> auxv() throws IOException {
    ByteBuffer words =
        ByteBuffer.wrap(Files.readAllBytes(path("auxv"))).order(ByteOrder.LITTLE_ENDIAN);
    Map<Long, Long> auxv = new LinkedHashMap<>();
    while (words.remaining() >= 2 * Long.BYTES) {
      long type = words.getLong();
      long value = words.getLong();
      if (type != 0) {
        auxv.put(type, value);
      }
    }
    return auxv;
  }

  /** Where a link leads, without the mark of a deleted file. */
  String link(String file) throws IOException {
    return withoutMark(Files.readSymbolicLink(path(file)).toString());
  }

  /** Where a link leads, if the kernel lets this user follow it. */
  Optional<Path> readable(String file) {
    return Files.isReadable(path(file)) ? Optional.of(path(file)) : Optional.empty();
  }

  static boolean isDeleted(String name) {
    return name.endsWith(DELETED);
  }

  static String withoutMark(String name) {
    return isDeleted(name) ? name.substring(0, name.length() - DELETED.length()) : name;
  }

  InvalidInputException refused(String record, String found, String acceptable) {
    return new InvalidInputException(name, record, found, acceptable);
  }
}
