package io.thaw.linker.criu.write;

import io.thaw.linker.criu.ImageKind;
import io.thaw.linker.criu.proto.Folders;
import io.thaw.linker.criu.proto.Inventory;
import io.thaw.linker.criu.proto.ObjectIds;
import io.thaw.linker.criu.proto.ProcessEntry;
import io.thaw.linker.criu.proto.TimeNamespace;
import io.thaw.linker.criu.proto.TimePoint;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.ProcessIdentity;
import io.thaw.linker.model.ThreadState;
import io.thaw.linker.model.linux.ProcessDetails;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a checkpoint as CRIU 3.17.1 writes a process of a tree of its own in the root namespaces:
 * one process, its parent not in the dump. Pages go from their files to the dump through a buffer,
 * and pages of zeros become holes.
 *
 * <p>Not kept: data in pipes, and what sockets, event descriptors and their like are connected to;
 * {@code criu restore} refuses those. Guard regions become inaccessible memory there.
 */
public final class CriuWriter {

  /** CRTOOLS_IMAGES_V1_1 of {@code criu/include/magic.h}. */
  private static final int IMAGES_VERSION = 2;

  /** Numbers that only have to differ: of CRIU itself, and of the process. */
  private static final int OWN_OBJECTS = 1;

  private static final int PROCESS_OBJECTS = 2;

  private static final int CGROUP_SET = 1;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private CriuWriter() {}

  /**
   * Writes a dump. The inventory comes last: without it a folder is no dump.
   *
   * @param folder where to; made if it is not there, and without images
   * @throws InvalidInputException if the checkpoint has something that the format cannot say, or
   *     lacks what Linux needs
   * @throws IOException if pages cannot be read or the images not be written, or an image is there
   */
  public static void write(Checkpoint checkpoint, Path folder)
      throws InvalidInputException, IOException {
    ProcessDetails details = details(checkpoint);
    long pid = checkpoint.identity().pid();
    Files.createDirectories(folder);
    FileTable files = new FileTable(checkpoint, details);
    ImageOutput.writeOne(
        folder, "mm-" + pid, ImageKind.MM, new MemoryEncoder(checkpoint, details, files).encode());
    PageImages.write(checkpoint, folder);
    for (int i = 0; i < checkpoint.threads().size(); i++) {
      ThreadState thread = checkpoint.threads().get(i);
      ImageOutput.writeOne(
          folder,
          "core-" + thread.tid(),
          ImageKind.CORE,
          CoreEncoder.encode(checkpoint, details, i, CGROUP_SET));
    }
    ImageOutput.writeOne(folder, "fs-" + pid, ImageKind.FS, folders(details, files));
    ImageOutput.writeOne(folder, "ids-" + pid, ImageKind.IDS, ids(PROCESS_OBJECTS));
    files.write(folder, PROCESS_OBJECTS);
    ImageOutput.writeOne(folder, "timens-0", ImageKind.TIMENS, times(checkpoint));
    ImageOutput.writeOne(folder, "pstree", ImageKind.PSTREE, process(checkpoint));
    ImageOutput.writeOne(folder, "inventory", ImageKind.INVENTORY, inventory());
  }

  private static ProcessDetails details(Checkpoint checkpoint) throws InvalidInputException {
    ProcessDetails details =
        checkpoint
            .details()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        checkpoint.source(),
                        "",
                        "a checkpoint without what Linux keeps of a process",
                        "one that was captured from a process or read from a whole dump"));
    if (details.threads().size() != checkpoint.threads().size()) {
      throw new InvalidInputException(
          checkpoint.source(),
          "threads",
          "details of " + details.threads().size(),
          "of " + checkpoint.threads().size());
    }
    return details;
  }

  private static Folders folders(ProcessDetails details, FileTable files) {
    return Folders.newBuilder()
        .setWorking(files.idOf(details.workingFolder()))
        .setRoot(files.idOf(details.rootFolder()))
        .setCreationMask(details.creationMask())
        .build();
  }

  /** All namespaces are the root's, which has the numbers that CRIU gives it. */
  private static ObjectIds ids(int objects) {
    return ObjectIds.newBuilder()
        .setMemory(objects)
        .setFiles(objects)
        .setFolders(objects)
        .setSignalHandlers(objects)
        .setPidSpace(1)
        .setNetSpace(2)
        .setIpcSpace(3)
        .setUtsSpace(4)
        .setTimeSpace(5)
        .setMountSpace(6)
        .setUserSpace(7)
        .setCgroupSpace(8)
        .build();
  }

  private static TimeNamespace times(Checkpoint checkpoint) {
    return TimeNamespace.newBuilder()
        .setMonotonic(time(checkpoint.clocks().monotonicNanos()))
        .setBoottime(time(checkpoint.clocks().boottimeNanos()))
        .build();
  }

  private static TimePoint time(long nanos) {
    return TimePoint.newBuilder()
        .setSeconds(nanos / NANOS_PER_SECOND)
        .setNanoseconds(nanos % NANOS_PER_SECOND)
        .build();
  }

  /** The root of a tree has no parent in it. */
  private static ProcessEntry process(Checkpoint checkpoint) {
    ProcessIdentity identity = checkpoint.identity();
    List<Integer> threads =
        checkpoint.threads().stream().map(thread -> (int) thread.tid()).toList();
    return ProcessEntry.newBuilder()
        .setPid((int) identity.pid())
        .setParentPid(0)
        .setGroupPid((int) identity.groupPid())
        .setSessionPid((int) identity.sessionPid())
        .addAllThreads(threads)
        .build();
  }

  private static Inventory inventory() {
    return Inventory.newBuilder()
        .setVersion(IMAGES_VERSION)
        .setDescriptorsByTable(true)
        .setRootIds(ids(OWN_OBJECTS))
        .setNamespacesById(true)
        .setRootCgroupSet(CGROUP_SET)
        .setSecurityModule(0)
        .setNetworkLock(0)
        .build();
  }
}
