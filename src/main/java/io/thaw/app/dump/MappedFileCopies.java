package io.thaw.app.dump;

import io.thaw.linker.elf.BuildId;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.model.Vma;
import io.thaw.linker.model.linux.FileDetails;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Copies of the mapped files, each at its own path below a sysroot. What is copied is the file that
 * is mapped, even if its path is gone or is another file's by now: {@code /proc/PID/map_files}
 * leads to it, if the kernel lets this user follow.
 */
final class MappedFileCopies {

  private static final int S_IFMT = 0170000;
  private static final int S_IFREG = 0100000;

  private final ProcFiles files;
  private final Path sysroot;
  private final Map<String, Copied> copied = new HashMap<>();

  private record Copied(String identity, int number, FileDetails details) {}

  MappedFileCopies(ProcFiles files, Path sysroot) {
    this.files = files;
    this.sysroot = sysroot;
  }

  /**
   * Copies the file of a mapping, unless that was done already.
   *
   * @param whole the mapping as the kernel has it
   * @param offsetBytes the offset that is asked for
   * @throws InvalidInputException if it is not a file that can be copied
   */
  Vma.Backing add(Mapping whole, long offsetBytes) throws InvalidInputException, IOException {
    String name = ProcFiles.withoutMark(whole.name());
    String identity = whole.device() + " " + whole.inode();
    Copied known = copied.get(name);
    if (known == null) {
      known = new Copied(identity, copied.size(), copy(whole, name));
      copied.put(name, known);
    } else if (!known.identity().equals(identity)) {
      throw files.refused(
          whole.describe(),
          "another file of the name " + name + ", which is mapped elsewhere",
          "one file of a name");
    }
    return new Vma.Backing(name, known.number(), offsetBytes);
  }

  /** By what each file is recognised. */
  Map<String, FileDetails> details() {
    Map<String, FileDetails> details = new HashMap<>();
    copied.forEach((name, copy) -> details.put(name, copy.details()));
    return details;
  }

  private FileDetails copy(Mapping mapping, String name) throws InvalidInputException, IOException {
    Path source = source(mapping, name);
    int mode = (Integer) Files.getAttribute(source, "unix:mode");
    if ((mode & S_IFMT) != S_IFREG) {
      throw files.refused(mapping.describe(), name + ", a device", "a regular file");
    }
    Path target = sysroot.resolve(name.replaceAll("^/+", "")).normalize();
    if (!target.startsWith(sysroot) || target.equals(sysroot)) {
      throw files.refused(mapping.describe(), "a file of the name " + name, "an absolute path");
    }
    Files.createDirectories(target.getParent());
    long sizeBytes;
    try (InputStream in = Files.newInputStream(source)) {
      sizeBytes = Files.copy(in, target);
    }
    Optional<ByteBlock> buildId = BuildId.read(new DataFile(name, target, 0, sizeBytes));
    return new FileDetails(
        OptionalLong.of(sizeBytes), mode, buildId.map(MappedFileCopies::wholeWords));
  }

  private Path source(Mapping mapping, String name) throws InvalidInputException, IOException {
    Optional<Path> exact = files.readable(mapping.linkName());
    if (exact.isPresent()) {
      return exact.get();
    }
    Path path = files.path("root").resolve(name.replaceAll("^/+", ""));
    if (Files.isReadable(path)
        && ((Number) Files.getAttribute(path, "unix:ino")).longValue() == mapping.inode()) {
      return path;
    }
    throw files.refused(
        mapping.describe(),
        name
            + (Files.exists(path)
                ? Files.isReadable(path) ? ", which is another file by now" : ", not readable"
                : ", which is deleted"),
        "a file that can be read; root can also read what was mapped before");
  }

  private static ByteBlock wholeWords(ByteBlock buildId) {
    byte[] bytes = buildId.toArray();
    return ByteBlock.copyOf(Arrays.copyOf(bytes, (bytes.length + 3) / 4 * 4));
  }
}
