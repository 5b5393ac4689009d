package io.thaw.app.dump;

import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Map;

/** Whether a process is one that can be dumped. */
final class ProcessCheck {

  private static final int ELF_CLASS = 4;
  private static final int ELF_CLASS_64 = 2;

  private ProcessCheck() {}

  /**
   * @throws InvalidInputException if it is dead, filters its system calls, or is of 32 bits
   */
  static void check(ProcFiles files) throws InvalidInputException, IOException {
    Map<String, String> status = files.pairs("status");
    String state = status.getOrDefault("State", "");
    if (state.isEmpty() || state.startsWith("Z") || state.startsWith("X")) {
      throw files.refused("state", state.isEmpty() ? "gone" : state, "a process that lives");
    }
    if (!status.getOrDefault("Seccomp", "0").equals("0")) {
      throw files.refused(
          "seccomp",
          "mode " + status.get("Seccomp"),
          "none: calls are made inside the process, and a filter may kill it for them");
    }
    byte[] head = new byte[ELF_CLASS + 1];
    try (InputStream in = Files.newInputStream(files.path("exe"))) {
      if (in.readNBytes(head, 0, head.length) == head.length && head[ELF_CLASS] != ELF_CLASS_64) {
        throw files.refused("program", "of 32 bits", "one of 64 bits");
      }
    }
  }
}
