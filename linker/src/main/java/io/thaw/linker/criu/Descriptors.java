package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.OpenFile;
import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.model.Descriptor;
import java.util.Optional;

/** Turns an entry of {@code files.img} into a descriptor of the model. */
final class Descriptors {

  private static final int S_IFMT = 0170000;
  private static final int S_IFREG = 0100000;

  /** {@code st_mode} as Linux makes such files, since a dump does not keep it. */
  private static final int PIPE_MODE = 0010600;

  private static final int SOCKET_MODE = 0140777;
  private static final int TERMINAL_MODE = 0020620;

  /** What sockets are open for, and files of which a dump does not keep the flags. */
  private static final long O_RDWR = 2;

  private Descriptors() {}

  static Descriptor decode(int fd, OpenFile file, OpenFiles files) {
    long id = Integer.toUnsignedLong(file.getId());
    if (file.hasRegular()) {
      return regular(fd, id, file.getRegular());
    }
    return switch (file.getType()) {
      case FileTypes.PIPE ->
          of(fd, Descriptor.Kind.PIPE, id, "pipe", file.getPipe().getFlags(), PIPE_MODE);
      case FileTypes.FIFO -> fifo(fd, id, file, files);
      case FileTypes.INET_SOCKET,
          FileTypes.UNIX_SOCKET,
          FileTypes.PACKET_SOCKET,
          FileTypes.NETLINK_SOCKET ->
          of(fd, Descriptor.Kind.SOCKET, id, "socket", O_RDWR, SOCKET_MODE);
      case FileTypes.TERMINAL ->
          of(
              fd,
              Descriptor.Kind.TERMINAL,
              id,
              "terminal",
              file.getTerminal().getFlags(),
              TERMINAL_MODE);
      default ->
          of(
              fd,
              Descriptor.Kind.OTHER,
              id,
              "file of type " + Integer.toUnsignedString(file.getType()),
              O_RDWR,
              /* mode= */ 0);
    };
  }

  private static Descriptor regular(int fd, long id, RegularFile regular) {
    int mode = regular.hasMode() ? regular.getMode() : S_IFREG;
    return new Descriptor(
        fd,
        (mode & S_IFMT) == S_IFREG ? Descriptor.Kind.REGULAR : Descriptor.Kind.OTHER,
        id,
        regular.getName(),
        Integer.toUnsignedLong(regular.getFlags()),
        regular.getPosition(),
        regular.getSize(),
        Integer.toUnsignedLong(mode));
  }

  /** A named pipe has its name and flags in an entry of a regular file. */
  private static Descriptor fifo(int fd, long id, OpenFile file, OpenFiles files) {
    Optional<RegularFile> named =
        files.regular(Integer.toUnsignedLong(file.getFifo().getRegular()));
    return of(
        fd,
        Descriptor.Kind.PIPE,
        id,
        named.map(RegularFile::getName).orElse("pipe"),
        named.map(regular -> Integer.toUnsignedLong(regular.getFlags())).orElse(O_RDWR),
        PIPE_MODE);
  }

  private static Descriptor of(
      int fd, Descriptor.Kind kind, long id, String name, long flags, long mode) {
    return new Descriptor(
        fd, kind, id, name, flags, /* positionBytes= */ 0, /* sizeBytes= */ 0, mode);
  }
}
