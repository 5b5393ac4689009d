package io.thaw.linker.criu;

import io.thaw.linker.criu.MappedObject.SharedMemory;
import io.thaw.linker.criu.proto.DescriptorEntry;
import io.thaw.linker.criu.proto.MemfdInode;
import io.thaw.linker.criu.proto.OpenFile;
import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.model.Descriptor;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of a dump: {@code files.img}, {@code memfd.img}, and who has them open. */
final class OpenFiles {

  private final DumpFolder folder;
  private final Map<Long, OpenFile> byId = new HashMap<>();
  private final Map<Long, SharedMemory> sharedMemoryByInode = new HashMap<>();
  private final List<MemfdInode> inodes = new ArrayList<>();

  private OpenFiles(DumpFolder folder) {
    this.folder = folder;
  }

  static OpenFiles read(DumpFolder folder) throws InvalidInputException, IOException {
    OpenFiles files = new OpenFiles(folder);
    if (folder.find("files.img").isPresent()) {
      for (OpenFile file : folder.readAll("files.img", ImageKind.FILES, OpenFile.parser())) {
        files.byId.put(Integer.toUnsignedLong(file.getId()), file);
      }
    }
    if (folder.find("memfd.img").isPresent()) {
      for (MemfdInode inode : folder.readAll("memfd.img", ImageKind.MEMFD, MemfdInode.parser())) {
        files.inodes.add(inode);
        files.sharedMemoryByInode.put(
            inode.getInode(),
            new SharedMemory(
                Integer.toUnsignedLong(inode.getSharedMemory()),
                /* isEmpty= */ inode.getSize() == 0));
      }
    }
    return files;
  }

  /** Whatever has that id. */
  Optional<OpenFile> find(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All objects of shared memory, in order of their numbers. */
  List<MemfdInode> sharedMemory() {
    return inodes.stream()
        .sorted(Comparator.comparingLong(inode -> Integer.toUnsignedLong(inode.getSharedMemory())))
        .toList();
  }

  /** The regular file of that id, if it is one. */
  Optional<RegularFile> regular(long id) {
    OpenFile file = byId.get(id);
    return file != null && file.hasRegular() ? Optional.of(file.getRegular()) : Optional.empty();
  }

  /** The shared memory behind a memfd of that id, if it is one. */
  Optional<SharedMemory> sharedMemory(long id) {
    OpenFile file = byId.get(id);
    return file != null && file.hasMemfd()
        ? Optional.ofNullable(
            sharedMemoryByInode.get(Integer.toUnsignedLong(file.getMemfd().getInode())))
        : Optional.empty();
  }

  /** The table of descriptors as it is in the dump. */
  List<DescriptorEntry> entries(int tableId) throws InvalidInputException, IOException {
    String image = image(tableId);
    return folder.find(image).isEmpty()
        ? List.of()
        : folder.readAll(image, ImageKind.FDINFO, DescriptorEntry.parser());
  }

  private static String image(int tableId) {
    return "fdinfo-" + Integer.toUnsignedString(tableId) + ".img";
  }

  /** The open files of the process whose table has that number, in order of descriptor. */
  List<Descriptor> descriptors(int tableId) throws InvalidInputException, IOException {
    String image = image(tableId);
    if (folder.find(image).isEmpty()) {
      return List.of(); // a process that has closed all
    }
    String imageName = folder.get(image).name();
    TreeMap<Integer, Descriptor> byFd = new TreeMap<>();
    int index = 0;
    for (DescriptorEntry entry : entries(tableId)) {
      String record = "fdinfo_entry " + index++;
      String fd = Integer.toUnsignedString(entry.getFd());
      OpenFile file = byId.get(Integer.toUnsignedLong(entry.getFile()));
      if (file == null) {
        throw new InvalidInputException(
            imageName,
            record,
            "descriptor " + fd + " of file " + Integer.toUnsignedString(entry.getFile()),
            "a file that files.img has");
      }
      if (entry.getFd() < 0 || byFd.containsKey(entry.getFd())) {
        throw new InvalidInputException(
            imageName, record, "descriptor " + fd, "each number once, below 2147483648");
      }
      byFd.put(entry.getFd(), Descriptors.decode(entry.getFd(), file, this));
    }
    return new ArrayList<>(byFd.values());
  }
}
