package io.thaw.app.record;

import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Whether a process is one that can be recorded; if not, why. */
final class ProcessCheck {

  private static final int ELF_CLASS = 4;
  private static final int ELF_CLASS_64 = 2;

  private ProcessCheck() {}

  /**
   * Asked before a process is touched.
   *
   * @throws InvalidInputException if it is gone, a zombie, traced already
   */
  static void attachable(int pid) throws InvalidInputException, IOException {
    Map<String, String> status = status(pid);
    String state = status.getOrDefault("State", "");
    if (state.startsWith("Z") || state.startsWith("X")) {
      throw new InvalidInputException(name(pid), "state", state, "a process that runs");
    }
    String tracer = status.getOrDefault("TracerPid", "0");
    if (!tracer.equals("0")) {
      throw new InvalidInputException(
          name(pid), "tracer", "process " + tracer, "a process that nobody traces");
    }
    recordable(pid);
  }

  /**
   * Asked when it stands still, too: it may have become another program meanwhile.
   *
   * @throws InvalidInputException if it is gone, is of 32 bits
   */
  static void recordable(int pid) throws InvalidInputException, IOException {
    byte[] head = new byte[ELF_CLASS + 1];
    try (var in = Files.newInputStream(Path.of("/proc/" + pid + "/exe"))) {
      if (in.readNBytes(head, 0, head.length) == head.length && head[ELF_CLASS] != ELF_CLASS_64) {
        throw new InvalidInputException(name(pid), "program", "of 32 bits", "one of 64 bits");
      }
    } catch (NoSuchFileException e) {
      throw gone(pid);
    }
  }

  private static Map<String, String> status(int pid) throws InvalidInputException, IOException {
    Map<String, String> status = new HashMap<>();
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        int colon = line.indexOf(':');
        status.put(line.substring(0, Math.max(0, colon)), line.substring(colon + 1).trim());
      }
    } catch (NoSuchFileException e) {
      throw gone(pid);
    }
    return status;
  }

  private static InvalidInputException gone(int pid) {
    return new InvalidInputException(name(pid), "", "no such process", "a process that runs");
  }

  private static String name(int pid) {
    return "process " + pid;
  }
}
