package io.thaw.linker.criu;

import io.thaw.linker.archive.FileTree;
import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.elf.BuildId;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.DataFile;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files that the process had mapped. Each is checked once, by what the dump knows of it: size
 * and the first bytes of the build id.
 */
final class Sysroot {

  private final FileTree tree;
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final Map<Wanted, Checked> checked = new HashMap<>();

  /** What the dump says of a file. */
  private record Wanted(String name, long sizeBytes, List<Integer> buildId) {}

  /** The file that was found, or what is wrong with it. */
  private record Checked(Optional<DataFile> file, Optional<Problem> problem) {}

  private Sysroot(FileTree tree) {
    this.tree = tree;
  }

  /**
   * The sysroot that the user names, else the folder {@code sysroot} beside the dump's folder or in
   * it, else the root of this machine.
   */
  static Sysroot find(DumpFolder dump, Optional<Path> chosen)
      throws InvalidInputException, IOException {
    if (chosen.isPresent()) {
      return new Sysroot(FileTree.ofSysroot(chosen.get()));
    }
    for (String place : List.of("sysroot", "../sysroot", "../../sysroot")) {
      String path = dump.path().isEmpty() ? place : dump.path() + "/" + place;
      if (isInside(dump, place) && dump.tree().isDirectory(path)) {
        return new Sysroot(dump.tree().subtree(path));
      }
    }
    return new Sysroot(FileTree.ofSysroot(Path.of("/")));
  }

  /**
   * Archives have nothing above their root; on disk one step above what the user named is looked.
   */
  private static boolean isInside(DumpFolder dump, String place) {
    int stepsUp = place.split("/", -1).length - 1;
    int depth = dump.path().isEmpty() ? 0 : dump.path().split("/", -1).length;
    return stepsUp <= depth + (dump.tree().isOnDisk() ? 1 : 0);
  }

  /**
   * The file, if it is the one that was mapped.
   *
   * @param isNeeded whether the dump cannot do without it: then a problem is noted if it is not
   */
  Optional<DataFile> file(RegularFile regular, boolean isNeeded)
      throws InvalidInputException, IOException {
    Wanted wanted =
        new Wanted(regular.getName(), regular.getSize(), List.copyOf(regular.getBuildIdList()));
    Checked known = checked.get(wanted);
    if (known == null) {
      known = check(regular);
      checked.put(wanted, known);
    }
    if (isNeeded) {
      known.problem().ifPresent(problems::add);
    }
    return known.file();
  }

  private Checked check(RegularFile regular) throws InvalidInputException, IOException {
    String path = regular.getName();
    while (path.startsWith("/")) {
      path = path.substring(1);
    }
    String label = tree.label(path);
    Optional<DataFile> file = tree.find(path);
    if (file.isEmpty()) {
      return refused(
          label, "", "no such file", "the file that was mapped (--sysroot says where it is)");
    }
    if (regular.hasSize() && regular.getSize() != file.get().sizeBytes()) {
      return refused(
          label,
          "size",
          file.get().sizeBytes() + " bytes",
          Long.toUnsignedString(regular.getSize()) + " bytes, as the dump says");
    }
    if (regular.getBuildIdCount() > 0) {
      byte[] wanted = buildId(regular);
      Optional<ByteBlock> found = BuildId.read(file.get());
      if (found.isEmpty() || !startsAlike(found.get().toArray(), wanted)) {
        return refused(
            label,
            "build id",
            found.map(ByteBlock::toString).orElse("none"),
            ByteBlock.copyOf(wanted) + ", as the dump says");
      }
    }
    return new Checked(file, Optional.empty());
  }

  private static Checked refused(String file, String record, String found, String acceptable) {
    return new Checked(Optional.empty(), Optional.of(new Problem(file, record, found, acceptable)));
  }

  /** Files that are needed and were absent or others. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** The build id as the dump has it, whole words. */
  static byte[] buildId(RegularFile regular) {
    ByteBuffer bytes =
        ByteBuffer.allocate(regular.getBuildIdCount() * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    regular.getBuildIdList().forEach(bytes::putInt);
    return bytes.array();
  }

  /** A dump keeps the first bytes of long ones, and fills the last word of others with zeros. */
  private static boolean startsAlike(byte[] found, byte[] wanted) {
    int length = Math.min(found.length, wanted.length);
    return found.length > wanted.length - Integer.BYTES
        && Arrays.equals(found, 0, length, wanted, 0, length);
  }
}
