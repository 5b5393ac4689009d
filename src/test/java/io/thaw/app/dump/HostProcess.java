package io.thaw.app.dump;

import io.thaw.app.ptrace.MappedRange;
import io.thaw.app.ptrace.RemoteCalls;
import io.thaw.app.ptrace.Resumption;
import io.thaw.app.ptrace.Signals;
import io.thaw.app.ptrace.Stop;
import io.thaw.app.ptrace.Tracee;
import io.thaw.linker.model.Architecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real process that stands still, and in which memory and files are made by calls inside it. */
final class HostProcess implements AutoCloseable {

  static final Architecture HOST =
      System.getProperty("os.arch").equals("aarch64") ? Architecture.AARCH64 : Architecture.X86_64;

  private static final boolean X86 = HOST == Architecture.X86_64;
  static final long MMAP = X86 ? 9 : 222;
  static final long MPROTECT = X86 ? 10 : 226;
  static final long MREMAP = X86 ? 25 : 216;
  static final long MADVISE = X86 ? 28 : 233;
  static final long DUP = X86 ? 32 : 23;
  static final long SOCKET = X86 ? 41 : 198;
  static final long FTRUNCATE = X86 ? 77 : 46;
  static final long EVENTFD = X86 ? 290 : 19;
  static final long PIPE = X86 ? 293 : 59;
  static final long GETRANDOM = X86 ? 318 : 278;
  static final long MEMFD_CREATE = X86 ? 319 : 279;

  final Tracee tracee;
  final RemoteCalls calls;
  private final boolean isOwn;

  private HostProcess(Tracee tracee, boolean isOwn) throws IOException {
    this.tracee = tracee;
    this.isOwn = isOwn;
    MappedRange vdso =
        MappedRange.ofProcess(tracee.pid()).stream()
            .filter(range -> range.name().equals("[vdso]"))
            .findFirst()
            .orElseThrow();
    this.calls = RemoteCalls.in(tracee, vdso.startVaddr(), vdso.endVaddr());
  }

  /** A program before its first instruction. */
  static HostProcess launch(String... command) throws IOException {
    return new HostProcess(
        Tracee.launch(List.of(command), Map.of("PATH", "/usr/bin:/bin"), HOST), /* isOwn= */ true);
  }

  /** A process that runs already, and will run on. */
  static HostProcess attach(long pid) throws IOException {
    Tracee tracee = Tracee.attach((int) pid, HOST);
    tracee.await();
    return new HostProcess(tracee, /* isOwn= */ false);
  }

  StoppedProcess stopped() {
    return new TracedProcess(tracee, calls);
  }

  /** Executes a call that has to succeed. */
  long call(long number, long... arguments) throws IOException {
    long result = calls.call(number, arguments);
    if (Scratch.isError(result)) {
      throw new IOException("call " + number + " failed with error " + -result);
    }
    return result;
  }

  /** Fills memory with bytes that nobody can guess. */
  void fill(long vaddr, long sizeBytes) throws IOException {
    if (call(GETRANDOM, vaddr, sizeBytes, 0) != sizeBytes) {
      throw new IOException("memory could not be filled");
    }
  }

  byte[] read(long vaddr, int sizeBytes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(sizeBytes);
    return tracee.read(vaddr, bytes) == sizeBytes ? bytes.array() : new byte[0];
  }

  String maps() throws IOException {
    return Files.readString(Path.of("/proc/" + tracee.pid() + "/maps"));
  }

  /** What it has open. */
  Map<Integer, String> links() throws IOException {
    Map<Integer, String> links = new TreeMap<>();
    try (var paths = Files.list(Path.of("/proc/" + tracee.pid() + "/fd"))) {
      for (Path path : paths.toList()) {
        links.put(
            Integer.valueOf(path.getFileName().toString()),
            Files.readSymbolicLink(path).toString());
      }
    }
    return links;
  }

  @Override
  public void close() throws IOException {
    if (!isOwn) {
      tracee.detach(0);
      return;
    }
    tracee.kill(Signals.SIGKILL);
    for (Stop stop = tracee.await(); !stop.isOver(); stop = tracee.await()) {
      tracee.resume(Resumption.CONTINUE, 0);
    }
    tracee.close();
  }
}
