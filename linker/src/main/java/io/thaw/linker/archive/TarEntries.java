package io.thaw.linker.archive;

import io.thaw.linker.model.DataFile;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * Members of an uncompressed tar, as ranges of its file. Of members with one name the last counts.
 * Refuses sparse members when asked for them.
 */
final class TarEntries implements Entries {

  /** As long as Linux takes one: PATH_MAX. Longer ones only cost memory. */
  private static final int MAX_PATH_LENGTH = 4096;

  private final String name;
  private final Path tar;
  private final boolean isTemporary;
  private final Map<List<String>, TarArchiveEntry> members = new HashMap<>();
  private final TreeMap<String, TreeSet<String>> folders = new TreeMap<>();

  private TarEntries(String name, Path tar, boolean isTemporary) {
    this.name = name;
    this.tar = tar;
    this.isTemporary = isTemporary;
  }

  /**
   * Reads the headers of a tar.
   *
   * @param name what users call it
   * @param isTemporary whether it is deleted in the end
   */
  static TarEntries read(String name, Path tar, boolean isTemporary)
      throws InvalidInputException, IOException {
    TarEntries entries = new TarEntries(name, tar, isTemporary);
    long sizeBytes = Files.size(tar);
    entries.folders.put("", new TreeSet<>());
    try (TarFile file = new TarFile(tar)) {
      for (TarArchiveEntry entry : file.getEntries()) {
        refuseLongPath(name, entry.getName());
        refuseLongPath(name, entry.getLinkName());
        if (isRegular(entry)
            && !entry.isSparse()
            && (entry.getSize() < 0 || entry.getDataOffset() > sizeBytes - entry.getSize())) {
          throw new InvalidInputException(
              name,
              entry.getName(),
              entry.getSize() + " bytes beyond the end of the archive",
              "a whole archive");
        }
        entries.add(entry);
      }
    } catch (IOException | RuntimeException e) {
      // The library tells of damaged headers by either.
      throw new InvalidInputException(
          name, "", "a damaged or truncated tar (" + e.getMessage() + ")", "a whole tar");
    }
    return entries;
  }

  private static void refuseLongPath(String tarName, String path) throws InvalidInputException {
    if (path.length() > MAX_PATH_LENGTH) {
      throw new InvalidInputException(
          tarName,
          path.substring(0, 64) + "...",
          "a path of " + path.length() + " characters",
          "at most " + MAX_PATH_LENGTH);
    }
  }

  /** The library calls devices and queues files too. */
  private static boolean isRegular(TarArchiveEntry entry) {
    return entry.isFile()
        && !entry.isSymbolicLink()
        && !entry.isLink()
        && !entry.isFIFO()
        && !entry.isBlockDevice()
        && !entry.isCharacterDevice();
  }

  private void add(TarArchiveEntry entry) {
    List<String> path = PathNames.split(entry.getName());
    if (path.isEmpty() || path.contains("..")) {
      return;
    }
    for (int i = 0; i < path.size(); i++) {
      String folder = String.join("/", path.subList(0, i));
      folders.computeIfAbsent(folder, key -> new TreeSet<>()).add(path.get(i));
    }
    if (entry.isDirectory()) {
      members.remove(path);
      folders.computeIfAbsent(String.join("/", path), key -> new TreeSet<>());
    } else {
      members.put(path, entry);
    }
  }

  @Override
  public Kind kind(List<String> path) {
    TarArchiveEntry entry = members.get(path);
    if (entry == null) {
      return folders.containsKey(String.join("/", path)) ? Kind.FOLDER : Kind.ABSENT;
    }
    if (entry.isSymbolicLink() || entry.isLink()) {
      return Kind.LINK;
    }
    return isRegular(entry) ? Kind.FILE : Kind.ABSENT;
  }

  /** Hard links name their target from the root of the archive. */
  @Override
  public String linkTarget(List<String> path) {
    TarArchiveEntry entry = members.get(path);
    return entry.isLink() ? "/" + entry.getLinkName() : entry.getLinkName();
  }

  @Override
  public DataFile file(List<String> path, String label) throws InvalidInputException {
    TarArchiveEntry entry = members.get(path);
    if (entry.isSparse()) {
      throw new InvalidInputException(
          label, "", "a sparse member", "members stored in full (tar without --sparse)");
    }
    return new DataFile(label, tar, entry.getDataOffset(), entry.getSize());
  }

  @Override
  public List<String> list(List<String> path) {
    return List.copyOf(folders.getOrDefault(String.join("/", path), new TreeSet<>()));
  }

  @Override
  public void close() throws IOException {
    if (isTemporary) {
      Files.deleteIfExists(tar);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
