package io.thaw.app.ptrace;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A shell that stops itself and then becomes the program that is to be traced. Not made by {@link
 * ProcessBuilder}: Java's own thread would wait for the process, and take the tracer's stops.
 */
final class SpawnedShell {

  private static final String STOP_THEN_EXEC = "kill -STOP $$; exec \"$@\"";

  /** Files that Java has open are none of the program's. */
  private static final int FIRST_OWN_DESCRIPTOR = 3;

  /** More than a {@code posix_spawn_file_actions_t} of glibc, which has 80. */
  private static final int FILE_ACTIONS_BYTES = 256;

  private SpawnedShell() {}

  /** Starts it; returns its process number. */
  static int start(List<String> command, Map<String, String> environment) throws TraceException {
    List<String> arguments = new ArrayList<>(List.of("sh", "-c", STOP_THEN_EXEC, "sh"));
    arguments.addAll(command);
    List<String> variables =
        environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    try (Memory argv = strings(arguments);
        Memory envp = strings(variables);
        Memory actions = new Memory(FILE_ACTIONS_BYTES);
        Memory pid = new Memory(Integer.BYTES)) {
      LibC.posix_spawn_file_actions_init(actions);
      LibC.posix_spawn_file_actions_addclosefrom_np(actions, FIRST_OWN_DESCRIPTOR);
      int error = LibC.posix_spawnp(pid, "/bin/sh", actions, null, argv, envp);
      LibC.posix_spawn_file_actions_destroy(actions);
      if (error != 0) {
        throw new TraceException("starting /bin/sh", error);
      }
      return pid.getInt(0);
    }
  }

  /** An array of pointers to strings, ended by a null pointer, and behind it the strings. */
  private static Memory strings(List<String> values) {
    List<byte[]> encoded =
        values.stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toList();
    long tableBytes = (values.size() + 1L) * Native.POINTER_SIZE;
    long sizeBytes = tableBytes + encoded.stream().mapToLong(bytes -> bytes.length + 1L).sum();
    Memory memory = new Memory(sizeBytes);
    long at = tableBytes;
    for (int i = 0; i < encoded.size(); i++) {
      byte[] bytes = encoded.get(i);
      memory.write(at, bytes, 0, bytes.length);
      memory.setByte(at + bytes.length, (byte) 0);
      memory.setPointer((long) i * Native.POINTER_SIZE, memory.share(at));
      at += bytes.length + 1;
    }
    memory.setPointer(tableBytes - Native.POINTER_SIZE, Pointer.NULL);
    return memory;
  }
}
