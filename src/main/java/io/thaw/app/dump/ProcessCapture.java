package io.thaw.app.dump;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.criu.CriuReader;
import io.thaw.linker.criu.write.CriuWriter;
import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Auxv;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Clocks;
import io.thaw.linker.model.ProcessIdentity;
import io.thaw.linker.model.ThreadState;
import io.thaw.linker.model.linux.Credentials;
import io.thaw.linker.model.linux.FileDetails;
import io.thaw.linker.model.linux.ProcessDetails;
import io.thaw.linker.model.linux.TaskDetails;
import io.thaw.linker.model.linux.ThreadDetails;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Dumps a stopped process: the images of CRIU 3.17.1 in {@code img}, copies of the mapped files in
 * {@code sysroot}. What the kernel does not tell from outside it is asked for by system calls
 * inside the process, which leave its registers and every byte of its memory as they were. Not
 * dumped: data in pipes and what sockets are connected to; where a descriptor's owner ({@code
 * F_SETOWN}) and file locks are; System V segments become shared memory without a key.
 */
public final class ProcessCapture {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int CLOCK_MONOTONIC = 1;
  private static final int CLOCK_BOOTTIME = 7;
  private static final int RLIMIT_STACK = 3;

  private final StoppedProcess process;
  private final List<? extends StoppedProcess> otherThreads;
  private final ProcFiles files;
  private final VdsoData vdso;
  private final MappedFileCopies copies;

  private ProcessCapture(
      StoppedProcess process,
      List<? extends StoppedProcess> otherThreads,
      VdsoData vdso,
      Path folder) {
    this.process = process;
    this.otherThreads = List.copyOf(otherThreads);
    this.files = new ProcFiles(process.pid());
    this.vdso = vdso;
    this.copies =
        new MappedFileCopies(files, folder.resolve("sysroot").toAbsolutePath().normalize());
  }

  /**
   * Writes a dump, and reads it back: what cannot be read is found out while the process is there.
   *
   * @param process its first thread, stands still until this returns
   * @param otherThreads all its other threads; so do these
   * @param vdso what was done to the kernel's pages in it
   * @param folder where {@code img} and {@code sysroot} are made
   * @return the dump
   * @throws InvalidInputException if the process has something that cannot be dumped
   * @throws IOException if it cannot be read, or the dump not be written
   */
  public static Checkpoint capture(
      StoppedProcess process,
      List<? extends StoppedProcess> otherThreads,
      VdsoData vdso,
      Path folder)
      throws InvalidInputException, IOException {
    ProcessCapture capture = new ProcessCapture(process, otherThreads, vdso, folder);
    CriuWriter.write(capture.checkpoint(), folder.resolve("img"));
    return read(folder);
  }

  /** The dump in {@code folder}. */
  static Checkpoint read(Path folder) throws InvalidInputException, IOException {
    try (FileTree tree = FileTree.open(folder)) {
      return CriuReader.read(
          tree,
          new CriuReader.Options(Optional.of(folder.resolve("sysroot")), OptionalLong.empty()));
    }
  }

  /** The checkpoint, whose pages are in the process. */
  private Checkpoint checkpoint() throws InvalidInputException, IOException {
    ProcessCheck.check(files);
    Auxv auxv = new Auxv(files.auxv());
    long pageSizeBytes =
        auxv.get(Auxv.AT_PAGESZ)
            .orElseThrow(
                () -> files.refused("auxv", "no AT_PAGESZ", "an auxiliary vector with one"));
    // Before there is scratch memory, which is none of the program's.
    List<Mapping> mappings = Mappings.read(files);
    RegisterCapture.Result registers = RegisterCapture.capture(process, files);
    try (Scratch scratch = Scratch.map(process)) {
      Stat stat = Stat.read(files);
      TaskCapture tasks = new TaskCapture(process, files, scratch, stat);
      SignalCapture signals = SignalCapture.capture(process, scratch);
      MemoryCapture.Result memory =
          MemoryCapture.capture(files, pageSizeBytes, vdso, mappings, scratch, copies);
      DescriptorCapture.Result descriptors = DescriptorCapture.capture(process, files, scratch);
      TaskDetails task = tasks.task(signals.shared());
      ThreadDetails thread = tasks.thread(signals.state(), signals.own(), registers.vectorState());
      List<ThreadState> threads = new ArrayList<>();
      List<ThreadDetails> threadDetails = new ArrayList<>();
      threads.add(new ThreadState(process.pid(), registers.registers()));
      threadDetails.add(thread);
      for (StoppedProcess other : otherThreads) {
        ThreadCapture captured = ThreadCapture.capture(other, scratch);
        threads.add(captured.state());
        threadDetails.add(captured.details());
      }
      return new Checkpoint(
          files.name(),
          process.architecture(),
          pageSizeBytes,
          identity(tasks.command(), stat, thread.credentials()),
          threads,
          new AddressSpace(
              memory.vmas(),
              memory.runs(),
              stat.get(Stat.START_BRK),
              scratch.call("brk", scratch.numbers().brk(), 0),
              stat.get(Stat.START_STACK),
              task.limits().get(RLIMIT_STACK).current()),
          descriptors.descriptors(),
          signals.state(),
          clocks(scratch),
          auxv,
          Optional.of(details(tasks, task, threadDetails, memory, descriptors)));
    }
  }

  /** A dump does not have the parent: it is not in it. */
  private ProcessIdentity identity(String command, Stat stat, Credentials credentials) {
    return new ProcessIdentity(
        command,
        process.pid(),
        /* parentPid= */ 0,
        stat.get(Stat.GROUP),
        stat.get(Stat.SESSION),
        Integer.toUnsignedLong(credentials.user().real()),
        Integer.toUnsignedLong(credentials.user().effective()),
        Integer.toUnsignedLong(credentials.group().real()),
        Integer.toUnsignedLong(credentials.group().effective()));
  }

  private static Clocks clocks(Scratch scratch) throws IOException {
    return new Clocks(nanos(scratch, CLOCK_MONOTONIC), nanos(scratch, CLOCK_BOOTTIME));
  }

  private static long nanos(Scratch scratch, int clock) throws IOException {
    scratch.call("clock_gettime", scratch.numbers().clockGettime(), clock, scratch.vaddr());
    ByteBuffer time = scratch.answer(2 * Long.BYTES);
    return time.getLong() * NANOS_PER_SECOND + time.getLong();
  }

  private ProcessDetails details(
      TaskCapture tasks,
      TaskDetails task,
      List<ThreadDetails> threads,
      MemoryCapture.Result memory,
      DescriptorCapture.Result descriptors)
      throws IOException {
    String program = files.link("exe");
    String workingFolder = files.link("cwd");
    String rootFolder = files.link("root");
    Map<String, FileDetails> known = new HashMap<>(copies.details());
    for (String link : List.of("exe", "cwd", "root")) {
      known.putIfAbsent(files.link(link), unmapped(link));
    }
    return new ProcessDetails(
        program,
        workingFolder,
        rootFolder,
        tasks.creationMask(),
        tasks.layout(),
        task,
        threads,
        known,
        memory.details(),
        memory.sharedMemory(),
        descriptors.details(),
        descriptors.terminals());
  }

  /** A folder, or a program that has unmapped itself. */
  private FileDetails unmapped(String link) throws IOException {
    Path path = files.path(link);
    return new FileDetails(
        OptionalLong.empty(), (Integer) Files.getAttribute(path, "unix:mode"), Optional.empty());
  }
}
