package io.thaw.linker.criu;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.criu.proto.Core;
import io.thaw.linker.criu.proto.Inventory;
import io.thaw.linker.criu.proto.ObjectIds;
import io.thaw.linker.criu.proto.ProcessEntry;
import io.thaw.linker.criu.proto.TimeNamespace;
import io.thaw.linker.criu.proto.TimePoint;
import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Clocks;
import io.thaw.linker.model.ProcessIdentity;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads one process of a CRIU dump: versions 3.17 to 4.x, x86-64, AArch64 with 48-bit addresses,
 * riscv64. Refuses 32-bit programs, other architectures, dead tasks, mappings of devices, rings of
 * asynchronous I/O. What is pending in the kernel (signals, timers) is read as a fact, data in
 * pipes and sockets is not read at all.
 */
public final class CriuReader {

  /** CRTOOLS_IMAGES_V1_1 of {@code criu/include/magic.h}, in use since CRIU 1.8. */
  private static final int IMAGES_VERSION = 2;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * What the user chooses.
   *
   * @param sysroot folder with the files that the process had mapped; else looked for
   * @param pid which process of the tree; else its root
   */
  public record Options(Optional<Path> sysroot, OptionalLong pid) {

    public Options {
      Objects.requireNonNull(sysroot);
      Objects.requireNonNull(pid);
    }

    /** No sysroot given, and the root of the tree. */
    public static Options defaults() {
      return new Options(Optional.empty(), OptionalLong.empty());
    }
  }

  /**
   * What can be read of a process.
   *
   * @param checkpoint the process; pages of files with problems are missing in it
   * @param fileProblems mapped files that are absent, or not what was mapped
   */
  public record Reading(Checkpoint checkpoint, List<Problem> fileProblems) {

    public Reading {
      fileProblems = List.copyOf(fileProblems);
    }
  }

  private CriuReader() {}

  /**
   * Reads the checkpoint of a process. Page contents stay in their files, which have to stay as
   * long as the checkpoint is used; so has {@code tree}.
   *
   * @throws InvalidInputException if the dump is damaged or unsupported, or files are absent that
   *     the process had mapped
   */
  public static Checkpoint read(FileTree tree, Options options)
      throws InvalidInputException, IOException {
    Reading reading = readWithoutFiles(tree, options);
    if (!reading.fileProblems().isEmpty()) {
      throw new InvalidInputException(reading.fileProblems());
    }
    return reading.checkpoint();
  }

  /**
   * The same, also of a dump whose mapped files are not at hand.
   *
   * @throws InvalidInputException if the dump is damaged or unsupported
   */
  public static Reading readWithoutFiles(FileTree tree, Options options)
      throws InvalidInputException, IOException {
    DumpFolder folder = DumpFolder.find(tree);
    checkVersion(folder);
    ProcessEntry process = ProcessTree.choose(folder, options.pid());
    Cores cores = Cores.read(folder, process);
    String pid = Integer.toUnsignedString(process.getPid());
    MemoryImage memory = MemoryImage.read(folder, pid, cores.architecture());
    OpenFiles files = OpenFiles.read(folder);
    int tableId = filesId(folder, pid);
    Mappings.Result mappings = Mappings.read(memory, cores.architecture(), files);
    PageAssembler.Result pages =
        PageAssembler.assemble(folder, memory, mappings, options.sysroot());
    AddressSpace space =
        memory.addressSpace(mappings, pages.runs(), cores.leader().getTask().getLimits());
    Checkpoint checkpoint =
        new Checkpoint(
            tree.name(),
            cores.architecture(),
            memory.pageSizeBytes(),
            identity(process, cores.leader()),
            SignedAddresses.refine(cores.threads(), space),
            space,
            files.descriptors(tableId),
            Signals.decode(coreFile(folder, pid), cores.architecture(), cores.leader()),
            clocks(folder),
            memory.auxv(),
            DetailsReader.read(folder, memory, cores, files, tableId));
    return new Reading(checkpoint, pages.fileProblems());
  }

  private static void checkVersion(DumpFolder folder) throws InvalidInputException, IOException {
    Inventory inventory = folder.readOne("inventory.img", ImageKind.INVENTORY, Inventory.parser());
    if (inventory.getVersion() != IMAGES_VERSION) {
      throw new InvalidInputException(
          folder.get("inventory.img").name(),
          "img_version",
          Integer.toUnsignedString(inventory.getVersion()),
          IMAGES_VERSION + ", which CRIU 3.17 to 4.x write");
    }
  }

  private static String coreFile(DumpFolder folder, String pid)
      throws InvalidInputException, IOException {
    return folder.get("core-" + pid + ".img").name();
  }

  private static ProcessIdentity identity(ProcessEntry process, Core leader) {
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

  private static int filesId(DumpFolder folder, String pid)
      throws InvalidInputException, IOException {
    return folder.readOne("ids-" + pid + ".img", ImageKind.IDS, ObjectIds.parser()).getFiles();
  }

  /** Only since kernel 5.6 are there time namespaces; without one the clocks start at zero. */
  private static Clocks clocks(DumpFolder folder) throws InvalidInputException, IOException {
    String image = "timens-0.img";
    if (folder.find(image).isEmpty()) {
      return new Clocks(0, 0);
    }
    TimeNamespace times = folder.readOne(image, ImageKind.TIMENS, TimeNamespace.parser());
    String file = folder.get(image).name();
    return new Clocks(
        nanos(file, "monotonic", times.getMonotonic()),
        nanos(file, "boottime", times.getBoottime()));
  }

  private static long nanos(String file, String record, TimePoint time)
      throws InvalidInputException {
    if (Long.compareUnsigned(time.getSeconds(), Long.MAX_VALUE / NANOS_PER_SECOND) >= 0
        || Long.compareUnsigned(time.getNanoseconds(), NANOS_PER_SECOND) >= 0) {
      throw new InvalidInputException(
          file,
          record,
          Long.toUnsignedString(time.getSeconds())
              + " s "
              + Long.toUnsignedString(time.getNanoseconds())
              + " ns",
          "less than 292 years, and less than a second in nanoseconds");
    }
    return time.getSeconds() * NANOS_PER_SECOND + time.getNanoseconds();
  }
}
