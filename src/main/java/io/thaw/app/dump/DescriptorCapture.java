package io.thaw.app.dump;

import io.thaw.linker.model.Descriptor;
import io.thaw.linker.model.linux.DescriptorDetails;
import io.thaw.linker.model.linux.TerminalDetails;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The open files of a process. */
final class DescriptorCapture {

  private static final int S_IFMT = 0170000;
  private static final int S_IFIFO = 0010000;
  private static final int S_IFCHR = 0020000;
  private static final int S_IFREG = 0100000;
  private static final int S_IFSOCK = 0140000;
  private static final int CLOSE_ON_EXEC = 02000000;
  private static final int OCTAL = 8;

  private final ProcFiles files;
  private final Scratch scratch;
  private final OpenFileIds ids;
  private final List<Descriptor> descriptors = new ArrayList<>();
  private final List<DescriptorDetails> details = new ArrayList<>();
  private final List<TerminalDetails> terminals = new ArrayList<>();

  /**
   * What was found.
   *
   * @param descriptors in ascending order
   * @param details what they have besides
   * @param terminals the terminals among them
   */
  record Result(
      List<Descriptor> descriptors,
      List<DescriptorDetails> details,
      List<TerminalDetails> terminals) {}

  private DescriptorCapture(StoppedProcess process, ProcFiles files, Scratch scratch) {
    this.files = files;
    this.scratch = scratch;
    this.ids = new OpenFileIds(process.pid(), scratch);
  }

  static Result capture(StoppedProcess process, ProcFiles files, Scratch scratch)
      throws InvalidInputException, IOException {
    DescriptorCapture capture = new DescriptorCapture(process, files, scratch);
    List<Integer> fds;
    try (Stream<Path> paths = Files.list(files.path("fd"))) {
      fds = paths.map(path -> Integer.parseInt(path.getFileName().toString())).sorted().toList();
    }
    for (int fd : fds) {
      capture.add(fd);
    }
    return new Result(capture.descriptors, capture.details, capture.terminals);
  }

  private void add(int fd) throws InvalidInputException, IOException {
    Path path = files.path("fd/" + fd);
    String link = Files.readSymbolicLink(path).toString();
    if (link.equals("anon_inode:[io_uring]")) {
      throw files.refused("descriptor " + fd, "an io_uring", "files, pipes, sockets, terminals");
    }
    Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,size,ino,rdev");
    int mode = (Integer) attributes.get("mode");
    long inode = ((Number) attributes.get("ino")).longValue();
    Map<String, String> information = files.pairs("fdinfo/" + fd);
    long flags = Long.parseLong(information.getOrDefault("flags", "0"), OCTAL);
    long positionBytes = Long.parseLong(information.getOrDefault("pos", "0"));
    long device = ((Number) attributes.get("rdev")).longValue();
    Descriptor.Kind kind = kind(link, mode, device);
    long fileId = ids.of(fd, link, flags & ~CLOSE_ON_EXEC, positionBytes);
    descriptors.add(
        new Descriptor(
            fd,
            kind,
            fileId,
            name(kind, link),
            flags & ~CLOSE_ON_EXEC,
            positionBytes,
            kind == Descriptor.Kind.REGULAR ? ((Number) attributes.get("size")).longValue() : 0,
            mode));
    boolean isPipe = kind == Descriptor.Kind.PIPE;
    details.add(new DescriptorDetails(fd, (flags & CLOSE_ON_EXEC) != 0, isPipe ? (int) inode : 0));
    if (kind == Descriptor.Kind.TERMINAL
        && terminals.stream().noneMatch(terminal -> terminal.openFileId() == fileId)) {
      terminals.add(TerminalCapture.capture(scratch, fd, fileId, link, path));
    }
  }

  /** A memfd is a regular file that has no path. */
  private static Descriptor.Kind kind(String link, int mode, long device) {
    return switch (mode & S_IFMT) {
      case S_IFREG -> link.startsWith("/memfd:") ? Descriptor.Kind.OTHER : Descriptor.Kind.REGULAR;
      case S_IFIFO -> Descriptor.Kind.PIPE;
      case S_IFSOCK -> Descriptor.Kind.SOCKET;
      case S_IFCHR ->
          TerminalCapture.isTerminal(device) ? Descriptor.Kind.TERMINAL : Descriptor.Kind.OTHER;
      default -> Descriptor.Kind.OTHER;
    };
  }

  /** What has no path has a name without a slash in front. */
  private static String name(Descriptor.Kind kind, String link) {
    return switch (kind) {
      case REGULAR -> ProcFiles.withoutMark(link);
      case PIPE -> link.startsWith("/") ? ProcFiles.withoutMark(link) : "pipe";
      case SOCKET -> "socket";
      case TERMINAL -> "terminal";
      case OTHER -> link.startsWith("/memfd:") ? link.substring(1) : link;
    };
  }
}
