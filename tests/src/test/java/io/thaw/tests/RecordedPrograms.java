package io.thaw.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes recordings of programs of this machine. */
final class RecordedPrograms {

  private RecordedPrograms() {}

  /** Skips a test, loudly, where nothing can be recorded: on other processors, without ptrace. */
  static void assumePossible() throws Exception {
    boolean isX86 = System.getProperty("os.arch").equals("amd64");
    if (!isX86) {
      System.err.println("SKIPPED: recording is tested on x86-64 alone");
    }
    assumeTrue(isX86, "recording is tested on x86-64 alone");
    Path scope = Path.of("/proc/sys/kernel/yama/ptrace_scope");
    boolean allowed = !Files.exists(scope) || !Files.readString(scope).trim().equals("3");
    if (!allowed) {
      System.err.println("SKIPPED: this kernel forbids ptrace");
    }
    assumeTrue(allowed, "this kernel forbids ptrace");
  }

  /** Records a program to its end. */
  static Thaw.Result record(Path recording, String... command) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("record", "-o", recording, "--"));
    arguments.addAll(List.of(command));
    return Thaw.run(arguments.toArray());
  }
}
