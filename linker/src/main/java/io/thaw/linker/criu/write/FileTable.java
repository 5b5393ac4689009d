package io.thaw.linker.criu.write;

import io.thaw.linker.criu.FileTypes;
import io.thaw.linker.criu.ImageKind;
import io.thaw.linker.criu.proto.DescriptorEntry;
import io.thaw.linker.criu.proto.MemfdFile;
import io.thaw.linker.criu.proto.MemfdInode;
import io.thaw.linker.criu.proto.OpenFile;
import io.thaw.linker.criu.proto.Owner;
import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.criu.proto.TerminalInformation;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Descriptor;
import io.thaw.linker.model.linux.DescriptorDetails;
import io.thaw.linker.model.linux.FileDetails;
import io.thaw.linker.model.linux.ProcessDetails;
import io.thaw.linker.model.linux.SharedMemoryDetails;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a dump and their numbers: open files keep those of the checkpoint, files that are
 * mapped or named otherwise get free ones.
 */
final class FileTable {

  private static final long MAX_ID = 0xffff_ffffL;
  private static final int CLOSE_ON_EXEC = 1;

  /** F_SETOWN was not used, or is not known. */
  static final Owner NOBODY =
      Owner.newBuilder().setUid(0).setEffectiveUid(0).setSignal(0).setKind(0).setPid(0).build();

  private final ProcessDetails details;
  private final List<Descriptor> descriptors;
  private final Map<Integer, OpenFile> entries = new LinkedHashMap<>();
  private final Map<String, Integer> idsByPath = new HashMap<>();
  private final Map<SharedMemoryUse, Integer> idsOfSharedMemory = new HashMap<>();
  private final Map<Integer, MemfdInode> inodes = new LinkedHashMap<>();
  private final Map<Integer, TerminalInformation> terminals = new LinkedHashMap<>();
  private final Set<Integer> used = new HashSet<>();
  private int lastId;

  /** An object of shared memory, opened for a mapping. */
  private record SharedMemoryUse(long number, int openFlags) {}

  FileTable(Checkpoint checkpoint, ProcessDetails details) throws InvalidInputException {
    this.details = details;
    this.descriptors = checkpoint.descriptors();
    for (Descriptor descriptor : descriptors) {
      if (descriptor.openFileId() < 1 || descriptor.openFileId() > MAX_ID) {
        throw new InvalidInputException(
            checkpoint.source(),
            "descriptor " + descriptor.fd(),
            "file number " + descriptor.openFileId(),
            "1 to " + MAX_ID);
      }
      used.add((int) descriptor.openFileId());
    }
    DescriptorEncoder encoder = new DescriptorEncoder(details, this);
    for (Descriptor descriptor : descriptors) {
      if (!entries.containsKey((int) descriptor.openFileId())) {
        encoder.encode(descriptor);
      }
    }
  }

  /** A number that no file has. */
  int newId() {
    do {
      lastId++;
    } while (!used.add(lastId));
    return lastId;
  }

  void add(OpenFile file) {
    entries.put(file.getId(), file);
  }

  void add(TerminalInformation terminal) {
    terminals.put(terminal.getId(), terminal);
  }

  /** The number of a file that is not open but mapped, run or a folder. */
  int idOf(String path) {
    Integer known = idsByPath.get(path);
    if (known != null) {
      return known;
    }
    int id = newId();
    RegularFile.Builder regular =
        RegularFile.newBuilder()
            .setId(id)
            .setFlags(0)
            .setPosition(0)
            .setOwner(NOBODY)
            .setName(path);
    FileDetails file = details.files().get(path);
    if (file != null) {
      file.sizeBytes().ifPresent(regular::setSize);
      if (file.mode() != 0) {
        regular.setMode(file.mode());
      }
      file.buildId().ifPresent(buildId -> addWords(buildId, regular));
    }
    add(OpenFile.newBuilder().setType(FileTypes.REGULAR).setId(id).setRegular(regular).build());
    idsByPath.put(path, id);
    return id;
  }

  private static void addWords(ByteBlock buildId, RegularFile.Builder regular) {
    ByteBuffer words = ByteBuffer.wrap(buildId.toArray()).order(ByteOrder.LITTLE_ENDIAN);
    while (words.remaining() >= Integer.BYTES) {
      regular.addBuildId(words.getInt());
    }
  }

  /**
   * The number of an object of shared memory, opened for a mapping.
   *
   * @param sizeBytes its size, as far as mappings tell
   */
  int idOf(int number, int openFlags, long sizeBytes) {
    SharedMemoryUse use = new SharedMemoryUse(number, openFlags);
    Integer known = idsOfSharedMemory.get(use);
    if (known != null) {
      return known;
    }
    int id = newId();
    add(
        OpenFile.newBuilder()
            .setType(FileTypes.MEMFD)
            .setId(id)
            .setMemfd(
                MemfdFile.newBuilder()
                    .setId(id)
                    .setFlags(openFlags)
                    .setPosition(0)
                    .setOwner(NOBODY)
                    .setInode(inode(number, sizeBytes)))
            .build());
    idsOfSharedMemory.put(use, id);
    return id;
  }

  private int inode(int number, long sizeBytes) {
    MemfdInode known = inodes.get(number);
    if (known != null) {
      return (int) known.getInode();
    }
    int id = inodes.size() + 1;
    SharedMemoryDetails memory =
        details
            .sharedMemory(Integer.toUnsignedLong(number))
            .orElseGet(() -> anonymous(number, sizeBytes));
    inodes.put(
        number,
        MemfdInode.newBuilder()
            .setName(memory.name())
            .setUid(memory.uid())
            .setGid(memory.gid())
            .setSize(memory.sizeBytes())
            .setSharedMemory(number)
            .setSeals(memory.seals())
            .setInode(id)
            .build());
    return id;
  }

  private static SharedMemoryDetails anonymous(int number, long sizeBytes) {
    int sealed = 1; // F_SEAL_SEAL: nobody can seal anonymous memory
    return new SharedMemoryDetails(
        Integer.toUnsignedLong(number), "/dev/zero", sizeBytes, 0, 0, sealed);
  }

  /** Writes the images of files; no more numbers may be asked for. */
  void write(Path folder, int tableId) throws IOException {
    ImageOutput.writeAll(folder, "files", ImageKind.FILES, List.copyOf(entries.values()));
    ImageOutput.writeAll(
        folder,
        "fdinfo-" + tableId,
        ImageKind.FDINFO,
        descriptors.stream().map(this::descriptor).toList());
    if (!inodes.isEmpty()) {
      ImageOutput.writeAll(folder, "memfd", ImageKind.MEMFD, List.copyOf(inodes.values()));
    }
    if (!terminals.isEmpty()) {
      ImageOutput.writeAll(folder, "tty-info", ImageKind.TTY_INFO, List.copyOf(terminals.values()));
    }
  }

  private DescriptorEntry descriptor(Descriptor descriptor) {
    Optional<DescriptorDetails> more = details.descriptor(descriptor.fd());
    int id = (int) descriptor.openFileId();
    return DescriptorEntry.newBuilder()
        .setFile(id)
        .setFlags(more.isPresent() && more.get().closeOnExec() ? CLOSE_ON_EXEC : 0)
        .setType(entries.get(id).getType())
        .setFd(descriptor.fd())
        .build();
  }
}
