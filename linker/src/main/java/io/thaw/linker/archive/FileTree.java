package io.thaw.linker.archive;

import static java.util.stream.Collectors.joining;

import io.thaw.linker.model.DataFile;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of this machine or a tar, asked by path. Symbolic links are followed here, not by the
 * operating system, so that those of a sysroot stay inside it.
 */
public final class FileTree implements AutoCloseable {

  /** As many as Linux follows: MAXSYMLINKS. */
  private static final int MAX_LINKS = 40;

  private final String name;

  /** What users call the paths of the tree begins with. */
  private final String prefix;

  private final Entries entries;

  /** Where the tree begins in the entries. */
  private final List<String> root;

  /** What links cannot lead out of, and where absolute ones begin. */
  private final List<String> boundary;

  private final boolean isOnDisk;
  private final boolean ownsEntries;

  private FileTree(
      String name,
      String prefix,
      Entries entries,
      List<String> root,
      List<String> boundary,
      boolean isOnDisk,
      boolean ownsEntries) {
    this.name = name;
    this.prefix = prefix;
    this.entries = entries;
    this.root = List.copyOf(root);
    this.boundary = List.copyOf(boundary);
    this.isOnDisk = isOnDisk;
    this.ownsEntries = ownsEntries;
  }

  /**
   * Opens a folder or a tar, plain or compressed with gzip, xz or zstd.
   *
   * @throws InvalidInputException if it is neither, or damaged
   */
  public static FileTree open(Path path) throws InvalidInputException, IOException {
    String name = fileName(path);
    if (Files.isDirectory(path)) {
      return onDisk(name, path, List.of());
    }
    if (!Files.isRegularFile(path)) {
      throw new InvalidInputException(
          name,
          "",
          Files.exists(path) ? "neither a file nor a folder" : "no such file or folder",
          "a dump: a folder, or a tar (plain, gzip, xz or zstd)");
    }
    return new FileTree(
        name,
        name + "!",
        TarUnpacker.open(path, name),
        List.of(),
        List.of(),
        /* isOnDisk= */ false,
        /* ownsEntries= */ true);
  }

  /** A folder whose links do not lead out of it: absolute ones begin at the folder. */
  public static FileTree ofSysroot(Path folder) throws InvalidInputException, IOException {
    String name = fileName(folder);
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(folder.toString(), "", "no such folder", "a sysroot");
    }
    FileTree tree = onDisk(name, folder, List.of());
    return new FileTree(
        name,
        tree.prefix,
        tree.entries,
        tree.root,
        tree.root,
        /* isOnDisk= */ true,
        /* ownsEntries= */ true);
  }

  private static FileTree onDisk(String name, Path folder, List<String> boundary)
      throws IOException {
    List<String> root = PathNames.split(folder.toRealPath().toString());
    return new FileTree(
        name,
        name.endsWith("/") ? name : name + "/",
        new DiskEntries(),
        root,
        boundary,
        /* isOnDisk= */ true,
        /* ownsEntries= */ true);
  }

  private static String fileName(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last == null ? "/" : last.toString();
  }

  /** Its file name, for messages. */
  public String name() {
    return name;
  }

  /** What users call a path of the tree, for messages. */
  public String label(String path) {
    return prefix + path;
  }

  /** Whether it is a folder, so that paths may lead above it. */
  public boolean isOnDisk() {
    return isOnDisk;
  }

  /** The regular file at a path, links followed. */
  public Optional<DataFile> find(String path) throws InvalidInputException, IOException {
    Optional<List<String>> real = resolve(path);
    if (real.isEmpty() || entries.kind(real.get()) != Entries.Kind.FILE) {
      return Optional.empty();
    }
    return Optional.of(entries.file(real.get(), label(path)));
  }

  /** What tells the file or folder at a path from all others, links followed. */
  public Optional<String> realPath(String path) throws InvalidInputException, IOException {
    return resolve(path).map(real -> "/" + String.join("/", real));
  }

  public boolean isDirectory(String path) throws InvalidInputException, IOException {
    Optional<List<String>> real = resolve(path);
    return real.isPresent() && entries.kind(real.get()) == Entries.Kind.FOLDER;
  }

  /** The names in a folder, sorted; none if it is no folder. */
  public List<String> list(String folder) throws InvalidInputException, IOException {
    Optional<List<String>> real = resolve(folder);
    return real.isPresent() && entries.kind(real.get()) == Entries.Kind.FOLDER
        ? entries.list(real.get())
        : List.of();
  }

  /** The names of folders in a folder, sorted, without those of links to folders. */
  public List<String> folders(String folder) throws InvalidInputException, IOException {
    Optional<List<String>> real = resolve(folder);
    List<String> folders = new ArrayList<>();
    if (real.isPresent() && entries.kind(real.get()) == Entries.Kind.FOLDER) {
      for (String member : entries.list(real.get())) {
        List<String> path = new ArrayList<>(real.get());
        path.add(member);
        if (entries.kind(path) == Entries.Kind.FOLDER) {
          folders.add(member);
        }
      }
    }
    return folders;
  }

  /** A folder of this tree as a sysroot. It lives as long as this tree. */
  public FileTree subtree(String folder) throws InvalidInputException, IOException {
    List<String> real = resolve(folder).orElse(root);
    String last = real.isEmpty() ? name : real.get(real.size() - 1);
    boolean isBelow = real.size() >= root.size() && real.subList(0, root.size()).equals(root);
    List<String> shown = isBelow ? real.subList(root.size(), real.size()) : real;
    return new FileTree(
        last,
        (isBelow ? prefix : "/") + shown.stream().map(part -> part + "/").collect(joining()),
        entries,
        real,
        real,
        isOnDisk,
        /* ownsEntries= */ false);
  }

  @Override
  public void close() throws IOException {
    if (ownsEntries) {
      entries.close();
    }
  }

  /** The path without links, empty if nothing is there. */
  private Optional<List<String>> resolve(String path) throws InvalidInputException, IOException {
    List<String> real = new ArrayList<>(root);
    List<String> left = new ArrayList<>(PathNames.split(path));
    int links = 0;
    while (!left.isEmpty()) {
      String next = left.remove(0);
      if (next.equals("..")) {
        if (real.size() > boundary.size()) {
          real.remove(real.size() - 1);
        } else if (!isOnDisk) {
          throw refused(path, "a path that leads out of the archive");
        }
        continue;
      }
      real.add(next);
      Entries.Kind kind = entries.kind(real);
      if (kind == Entries.Kind.ABSENT) {
        return Optional.empty();
      }
      if (kind == Entries.Kind.LINK) {
        if (++links > MAX_LINKS) {
          throw refused(path, "more than " + MAX_LINKS + " symbolic links, or a loop of them");
        }
        String target = entries.linkTarget(real);
        if (target.startsWith("/")) {
          real = new ArrayList<>(boundary);
        } else {
          real.remove(real.size() - 1);
        }
        left.addAll(0, PathNames.split(target));
      }
    }
    return Optional.of(real);
  }

  private InvalidInputException refused(String path, String found) {
    return new InvalidInputException(label(path), "", found, "a path to a file of the dump");
  }
}
