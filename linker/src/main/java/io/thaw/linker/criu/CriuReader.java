package io.thaw.linker.criu;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.criu.proto.Core;
import io.thaw.linker.criu.proto.Mm;
import io.thaw.linker.criu.proto.ObjectIds;
import io.thaw.linker.criu.proto.ProcessEntry;
import io.thaw.linker.criu.proto.Task;
import io.thaw.linker.criu.proto.TimeNamespace;
import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Auxv;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Clocks;
import io.thaw.linker.model.ProcessIdentity;
import io.thaw.linker.model.Registers;
import io.thaw.linker.model.ThreadState;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Reads one process of a CRIU dump: versions 3.17 to 4.x, x86-64 and AArch64. Refuses 32-bit
 * programs, other architectures, dead tasks, System V shared memory, rings of asynchronous I/O.
 */
public final class CriuReader {

  /** Task states of {@code criu/include/pid.h} that have something to go on with. */
  private static final int TASK_ALIVE = 1;

  private static final int TASK_STOPPED = 3;

  private static final int RLIMIT_STACK = 3;
  private static final long DEFAULT_STACK_LIMIT_BYTES = 8L << 20;
  private static final long MAX_STACK_LIMIT_BYTES = 1L << 40;

  private static final long MIN_PAGE_SIZE_BYTES = 4 << 10;
  private static final long MAX_PAGE_SIZE_BYTES = 64 << 10;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * What the user chooses.
   *
   * @param sysroot folder with the files that the process had mapped; else looked for
   * @param pid which process of the tree; else its root
   */
  public record Options(Optional<Path> sysroot, OptionalLong pid) {

    public static Options defaults() {
      return new Options(Optional.empty(), OptionalLong.empty());
    }
  }

  private final DumpFolder folder;
  private final Options options;

  private CriuReader(DumpFolder folder, Options options) {
    this.folder = folder;
    this.options = options;
  }

  /**
   * Reads the checkpoint of a process. Page contents stay in their files, which have to stay as
   * long as the checkpoint is used; so has {@code tree}.
   *
   * @throws InvalidInputException if the dump is damaged or unsupported
   */
  public static Checkpoint read(FileTree tree, Options options)
      throws InvalidInputException, IOException {
    return new CriuReader(DumpFolder.find(tree), options).read();
  }

  private Checkpoint read() throws InvalidInputException, IOException {
    ProcessEntry process = process();
    List<ThreadState> threads = new ArrayList<>();
    Core leader = readThreads(process, threads);
    if (!leader.hasTask() || !leader.hasThread()) {
      throw refused(core(process.getPid()), "", "no task", "the core of a process");
    }
    Task task = leader.getTask();
    if (task.getState() != TASK_ALIVE && task.getState() != TASK_STOPPED) {
      throw refused(
          core(process.getPid()), "tc", "task state " + task.getState(), "a live process");
    }
    Architecture architecture = architecture(process.getPid(), leader);
    String mmName = "mm-" + unsigned(process.getPid()) + ".img";
    Mm mm = folder.readOne(mmName, ImageKind.MM, Mm.parser());
    Auxv auxv = auxv(mm);
    long pageSize = pageSize(mmName, architecture, auxv);
    OpenFiles files = OpenFiles.read(folder);
    return new Checkpoint(
        folder.tree().name(),
        architecture,
        pageSize,
        identity(process, leader),
        threads,
        addressSpace(process, task, mm, mmName, architecture, pageSize, files),
        files.descriptors(filesId(process)),
        Signals.decode(task, leader.getThread()),
        clocks(),
        auxv);
  }

  private ProcessEntry process() throws InvalidInputException, IOException {
    List<ProcessEntry> processes =
        folder.readAll("pstree.img", ImageKind.PSTREE, ProcessEntry.parser());
    if (processes.isEmpty()) {
      throw refused("pstree.img", "", "no process", "at least one");
    }
    if (options.pid().isEmpty()) {
      return processes.get(0);
    }
    for (ProcessEntry process : processes) {
      if (Integer.toUnsignedLong(process.getPid()) == options.pid().getAsLong()) {
        return process;
      }
    }
    throw refused(
        "pstree.img",
        "",
        "no process " + options.pid().getAsLong(),
        "one of "
            + processes.stream()
                .map(process -> unsigned(process.getPid()))
                .collect(Collectors.joining(", ")));
  }

  /** Adds the threads, the leader first, whose core is returned. */
  private Core readThreads(ProcessEntry process, List<ThreadState> threads)
      throws InvalidInputException, IOException {
    Core leader = core(process.getPid(), threads);
    for (int tid : process.getThreadsList()) {
      if (tid != process.getPid()) {
        core(tid, threads);
      }
    }
    return leader;
  }

  private Core core(int tid, List<ThreadState> threads) throws InvalidInputException, IOException {
    String name = core(tid);
    Core core = folder.readOne(name, ImageKind.CORE, Core.parser());
    threads.add(new ThreadState(Integer.toUnsignedLong(tid), registers(tid, core)));
    return core;
  }

  private Registers registers(int tid, Core core) throws InvalidInputException, IOException {
    String file = folder.get(core(tid)).name();
    return switch (architecture(tid, core)) {
      case X86_64 -> {
        if (!core.hasX86()) {
          throw refused(core(tid), "", "no thread_info", "registers of x86-64");
        }
        yield X86Decoder.decode(file, core.getX86());
      }
      case AARCH64 -> {
        if (!core.hasAarch64()) {
          throw refused(core(tid), "", "no ti_aarch64", "registers of AArch64");
        }
        yield Aarch64Decoder.decode(file, core.getAarch64());
      }
    };
  }

  /** {@code enum march} of {@code images/core.proto}. */
  private Architecture architecture(int tid, Core core) throws InvalidInputException, IOException {
    String found =
        switch (core.getMachine()) {
          case 1 -> "";
          case 2 -> "arm";
          case 3 -> "";
          case 4 -> "ppc64";
          case 5 -> "s390";
          case 6 -> "mips";
          case 7 -> "loongarch64";
          case 8 -> "riscv64";
          default -> "machine " + core.getMachine();
        };
    if (!found.isEmpty()) {
      throw refused(core(tid), "mtype", found, "x86-64 or aarch64");
    }
    return core.getMachine() == 1 ? Architecture.X86_64 : Architecture.AARCH64;
  }

  private static Auxv auxv(Mm mm) {
    Map<Long, Long> values = new HashMap<>();
    for (int i = 0; i + 1 < mm.getSavedAuxvCount(); i += 2) {
      if (mm.getSavedAuxv(i) == 0) {
        break;
      }
      values.put(mm.getSavedAuxv(i), mm.getSavedAuxv(i + 1));
    }
    return new Auxv(values);
  }

  private long pageSize(String file, Architecture architecture, Auxv auxv)
      throws InvalidInputException, IOException {
    long size = auxv.get(Auxv.AT_PAGESZ).orElse(0);
    long most = architecture == Architecture.X86_64 ? MIN_PAGE_SIZE_BYTES : MAX_PAGE_SIZE_BYTES;
    if (size < MIN_PAGE_SIZE_BYTES || size > most || Long.bitCount(size) != 1) {
      throw refused(
          file,
          "mm_saved_auxv AT_PAGESZ",
          size == 0 ? "none" : size + " bytes",
          most == MIN_PAGE_SIZE_BYTES ? "4096 bytes" : "4096, 16384 or 65536 bytes");
    }
    return size;
  }

  private ProcessIdentity identity(ProcessEntry process, Core leader) {
    var credentials = leader.getThread().getCredentials();
    return new ProcessIdentity(
        leader.getTask().getCommand(),
        Integer.toUnsignedLong(process.getPid()),
        Integer.toUnsignedLong(process.getParentPid()),
        Integer.toUnsignedLong(process.getGroupPid()),
        Integer.toUnsignedLong(process.getSessionPid()),
        Integer.toUnsignedLong(credentials.getUid()),
        Integer.toUnsignedLong(credentials.getEffectiveUid()),
        Integer.toUnsignedLong(credentials.getGid()),
        Integer.toUnsignedLong(credentials.getEffectiveGid()));
  }

  private AddressSpace addressSpace(
      ProcessEntry process,
      Task task,
      Mm mm,
      String mmName,
      Architecture architecture,
      long pageSize,
      OpenFiles files)
      throws InvalidInputException, IOException {
    Mappings.Result mappings =
        Mappings.read(
            folder.get(mmName).name(), mm, pageSize, architecture.userSpaceEndVaddr(), files);
    String pid = unsigned(process.getPid());
    PageMap pages = PageMap.read(folder, pid, pageSize);
    return new AddressSpace(
        mappings.vmas(),
        PageAssembler.assemble(
            folder.get("pagemap-" + pid + ".img").name(),
            folder,
            pageSize,
            mappings,
            pages,
            Sysroot.find(folder, options.sysroot())),
        mm.getStartBrk(),
        mm.getBrk(),
        mm.getStartStack(),
        stackLimit(task));
  }

  private static long stackLimit(Task task) {
    if (task.getLimits().getLimitsCount() <= RLIMIT_STACK) {
      return DEFAULT_STACK_LIMIT_BYTES;
    }
    long limit = task.getLimits().getLimits(RLIMIT_STACK).getCurrent();
    return Long.compareUnsigned(limit, MAX_STACK_LIMIT_BYTES) > 0 ? MAX_STACK_LIMIT_BYTES : limit;
  }

  private int filesId(ProcessEntry process) throws InvalidInputException, IOException {
    String name = "ids-" + unsigned(process.getPid()) + ".img";
    return folder.readOne(name, ImageKind.IDS, ObjectIds.parser()).getFiles();
  }

  private Clocks clocks() throws InvalidInputException, IOException {
    if (folder.find("timens-0.img").isEmpty()) {
      return new Clocks(0, 0);
    }
    TimeNamespace times = folder.readOne("timens-0.img", ImageKind.TIMENS, TimeNamespace.parser());
    return new Clocks(
        times.getMonotonic().getSeconds() * NANOS_PER_SECOND
            + times.getMonotonic().getNanoseconds(),
        times.getBoottime().getSeconds() * NANOS_PER_SECOND + times.getBoottime().getNanoseconds());
  }

  private static String core(int tid) {
    return "core-" + unsigned(tid) + ".img";
  }

  private static String unsigned(int number) {
    return Integer.toUnsignedString(number);
  }

  private InvalidInputException refused(
      String image, String record, String found, String acceptable)
      throws InvalidInputException, IOException {
    return new InvalidInputException(folder.get(image).name(), record, found, acceptable);
  }
}
