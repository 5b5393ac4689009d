package io.thaw.linker.criu;

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

/** The files of a dump: {@code files.img}, {@code memfd.img}, and who has them open. */
final class OpenFiles {

  /** Values of {@code enum fd_types} in {@code images/fdinfo.proto}. */
  private static final int TYPE_REGULAR = 1;

  private static final int TYPE_PIPE = 2;
  private static final int TYPE_FIFO = 3;
  private static final int TYPE_INET_SOCKET = 4;
  private static final int TYPE_UNIX_SOCKET = 5;
  private static final int TYPE_TERMINAL = 11;

  /** File types of {@code st_mode}, for kinds of which a dump does not keep the mode. */
  private static final int S_IFMT = 0170000;

  private static final int S_IFREG = 0100000;
  private static final int S_IFIFO = 0010000;
  private static final int S_IFSOCK = 0140000;
  private static final int S_IFCHR = 0020000;

  private final DumpFolder folder;
  private final Map<Integer, OpenFile> byId = new HashMap<>();
  private final Map<Integer, Integer> sharedMemoryByInode = new HashMap<>();

  private OpenFiles(DumpFolder folder) {
    this.folder = folder;
  }

  static OpenFiles read(DumpFolder folder) throws InvalidInputException, IOException {
    OpenFiles files = new OpenFiles(folder);
    if (folder.find("files.img").isPresent()) {
      for (OpenFile file : folder.readAll("files.img", ImageKind.FILES, OpenFile.parser())) {
        files.byId.put(file.getId(), file);
      }
    }
    if (folder.find("memfd.img").isPresent()) {
      for (MemfdInode inode : folder.readAll("memfd.img", ImageKind.MEMFD, MemfdInode.parser())) {
        files.sharedMemoryByInode.put((int) inode.getInode(), inode.getSharedMemory());
      }
    }
    return files;
  }

  /** The regular file of that id, if it is one. */
  Optional<RegularFile> regular(long id) {
    OpenFile file = byId.get((int) id);
    return file != null && file.hasRegular() ? Optional.of(file.getRegular()) : Optional.empty();
  }

  /** The number of the shared memory behind a memfd of that id, if it is one. */
  Optional<Integer> sharedMemory(long id) {
    OpenFile file = byId.get((int) id);
    return file != null && file.hasMemfd()
        ? Optional.ofNullable(sharedMemoryByInode.get(file.getMemfd().getInode()))
        : Optional.empty();
  }

  /** The open files of the process whose table has that number, in order of descriptor. */
  List<Descriptor> descriptors(int tableId) throws InvalidInputException, IOException {
    String image = "fdinfo-" + Integer.toUnsignedString(tableId) + ".img";
    List<Descriptor> descriptors = new ArrayList<>();
    if (folder.find(image).isEmpty()) {
      return descriptors;
    }
    int index = 0;
    for (DescriptorEntry entry :
        folder.readAll(image, ImageKind.FDINFO, DescriptorEntry.parser())) {
      String record = "fdinfo_entry " + index++;
      OpenFile file = byId.get(entry.getFile());
      if (file == null || entry.getFd() < 0) {
        throw new InvalidInputException(
            folder.get(image).name(),
            record,
            "descriptor " + entry.getFd() + " of file " + entry.getFile(),
            "a file that files.img has");
      }
      descriptors.add(descriptor(entry.getFd(), file));
    }
    descriptors.sort(Comparator.comparingInt(Descriptor::fd));
    return descriptors;
  }

  private static Descriptor descriptor(int fd, OpenFile file) {
    long id = Integer.toUnsignedLong(file.getId());
    if (file.hasRegular()) {
      RegularFile regular = file.getRegular();
      int mode = regular.hasMode() ? regular.getMode() : S_IFREG;
      return new Descriptor(
          fd,
          (mode & S_IFMT) == S_IFREG ? Descriptor.Kind.REGULAR : Descriptor.Kind.OTHER,
          id,
          regular.getName(),
          Integer.toUnsignedLong(regular.getFlags()),
          regular.getPosition(),
          regular.getSize(),
          mode);
    }
    Descriptor.Kind kind = kind(file.getType());
    return new Descriptor(fd, kind, id, label(kind, file), O_RDWR, 0, 0, mode(kind));
  }

  /** What Thaw takes files to be opened for of which it does not read the flags. */
  private static final long O_RDWR = 2;

  private static Descriptor.Kind kind(int type) {
    return switch (type) {
      case TYPE_REGULAR -> Descriptor.Kind.REGULAR;
      case TYPE_PIPE, TYPE_FIFO -> Descriptor.Kind.PIPE;
      case TYPE_INET_SOCKET, TYPE_UNIX_SOCKET -> Descriptor.Kind.SOCKET;
      case TYPE_TERMINAL -> Descriptor.Kind.TERMINAL;
      default -> Descriptor.Kind.OTHER;
    };
  }

  private static String label(Descriptor.Kind kind, OpenFile file) {
    return switch (kind) {
      case PIPE -> "pipe";
      case SOCKET -> "socket";
      case TERMINAL -> "terminal";
      default -> "file of type " + file.getType();
    };
  }

  private static long mode(Descriptor.Kind kind) {
    return switch (kind) {
      case PIPE -> S_IFIFO;
      case SOCKET -> S_IFSOCK;
      case TERMINAL -> S_IFCHR;
      default -> 0;
    };
  }
}
