package io.thaw.app.record;

import io.thaw.linker.model.Architecture;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The open files of the recorded process, as {@code /proc} shows them. */
final class OpenFiles {

  /** O_DIRECT, which is one of the flags that differ between architectures. */
  private static final long X86_DIRECT = 0x4000;

  private static final long ARM_DIRECT = 0x10000;

  private final int pid;
  private final String stdout;
  private final String stderr;

  /** Remembers what stdout and stderr are now. */
  OpenFiles(int pid) {
    this.pid = pid;
    this.stdout = name(1);
    this.stderr = name(2);
  }

  /** What is open: a path, or for example {@code pipe:[4711]}; empty if nothing is. */
  String name(int fd) {
    try {
      return Files.readSymbolicLink(path(fd)).toString();
    } catch (IOException e) {
      return ""; // closed
    }
  }

  /** 1 or 2 if {@code name} is what was stdout or stderr at the beginning, else 0. */
  int stream(String name) {
    if (name.isEmpty()) {
      return 0;
    }
    return name.equals(stdout) ? 1 : name.equals(stderr) ? 2 : 0;
  }

  /** The file itself, even if its path is gone. */
  Path path(int fd) {
    return Path.of("/proc/" + pid + "/fd/" + fd);
  }

  /** Whether it was opened with O_DIRECT; not so if nothing is open. */
  boolean readsDirectly(int fd, Architecture architecture) {
    try {
      long flags = Long.parseLong(information(fd, "flags:"), 8);
      return (flags & (architecture == Architecture.X86_64 ? X86_DIRECT : ARM_DIRECT)) != 0;
    } catch (NoSuchFileException e) {
      return false; // closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The last bytes that went to a regular file.
   *
   * @return none if it is no regular file: they cannot be had
   */
  List<ByteBuffer> lastBytes(int fd, long sizeBytes) throws IOException {
    if (!Files.isRegularFile(path(fd))) {
      return List.of();
    }
    long end = positionBytes(fd);
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(sizeBytes));
    try (FileChannel file = FileChannel.open(path(fd), StandardOpenOption.READ)) {
      while (bytes.hasRemaining()) {
        if (file.read(bytes, end - bytes.remaining()) <= 0) {
          throw new EOFException(name(fd) + ": what was sent to it cannot be read back");
        }
      }
    }
    return List.of(bytes.flip());
  }

  private long positionBytes(int fd) throws IOException {
    return Long.parseLong(information(fd, "pos:"));
  }

  private String information(int fd, String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/fdinfo/" + fd))) {
      if (line.startsWith(key)) {
        return line.substring(key.length()).trim();
      }
    }
    throw new IOException("no " + key + " of descriptor " + fd + " of process " + pid);
  }
}
