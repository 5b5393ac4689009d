package io.thaw.app.ptrace;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/** The few functions of the C library that tracing needs. */
final class LibC {

  static {
    Native.register(LibC.class, Platform.C_LIBRARY_NAME);
  }

  private LibC() {}

  /** ptrace(2); the requests of {@link PtraceRequest} alone, none of which returns data. */
  static native long ptrace(long request, long pid, long address, long data)
      throws LastErrorException;

  /** waitpid(2). */
  static native int waitpid(int pid, Pointer status, int options) throws LastErrorException;

  /** kill(2). */
  static native int kill(int pid, int signal) throws LastErrorException;

  /** posix_spawnp(3); returns an error number, 0 if the process was made. */
  static native int posix_spawnp(
      Pointer pid, String file, Pointer actions, Pointer attributes, Pointer argv, Pointer envp);

  /** posix_spawn_file_actions_init(3). */
  static native int posix_spawn_file_actions_init(Pointer actions);

  /** posix_spawn_file_actions_addclosefrom_np(3), since glibc 2.34. */
  static native int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int from);

  /** posix_spawn_file_actions_destroy(3). */
  static native int posix_spawn_file_actions_destroy(Pointer actions);

  /** sched_getaffinity(2) of glibc. */
  static native int sched_getaffinity(int pid, long maskBytes, Pointer mask)
      throws LastErrorException;

  /** sched_setaffinity(2). */
  static native int sched_setaffinity(int pid, long maskBytes, Pointer mask)
      throws LastErrorException;

  /** sched_getcpu(3). */
  static native int sched_getcpu();
}
