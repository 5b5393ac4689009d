package io.thaw.app.record;

import io.thaw.app.ptrace.MappedRange;
import io.thaw.linker.model.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that the process has mapped: where, so that changes of a file are seen, and copies of
 * those that it maps while it is recorded.
 */
final class MappedFiles {

  private final OpenFiles files;
  private final Path sysroot;
  private final List<Mapping> mappings = new ArrayList<>();
  private final Map<Version, Path> copies = new HashMap<>();

  private record Mapping(String name, AddressRange range) {}

  private record Version(Object fileKey, long sizeBytes, FileTime modified) {}

  MappedFiles(OpenFiles files, Path sysroot, List<MappedRange> ranges) {
    this.files = files;
    this.sysroot = sysroot;
    for (MappedRange range : ranges) {
      if (range.inode() != 0) {
        add(range.name(), range.startVaddr(), range.sizeBytes());
      }
    }
  }

  void add(String name, long vaddr, long sizeBytes) {
    mappings.add(new Mapping(name, new AddressRange(vaddr, vaddr + sizeBytes)));
  }

  /** Nothing of a file is mapped there any more. */
  void forget(long vaddr, long sizeBytes) {
    long end = vaddr + sizeBytes;
    List<Mapping> cut = new ArrayList<>();
    mappings.removeIf(
        mapping -> {
          AddressRange range = mapping.range();
          if (range.endVaddr() <= vaddr || end <= range.startVaddr()) {
            return false;
          }
          if (range.startVaddr() < vaddr) {
            cut.add(new Mapping(mapping.name(), new AddressRange(range.startVaddr(), vaddr)));
          }
          if (end < range.endVaddr()) {
            cut.add(new Mapping(mapping.name(), new AddressRange(end, range.endVaddr())));
          }
          return true;
        });
    mappings.addAll(cut);
  }

  void move(long oldVaddr, long sizeBytes, long newVaddr) {
    List<Mapping> there = new ArrayList<>();
    for (Mapping mapping : mappings) {
      if (mapping.range().startVaddr() < oldVaddr + sizeBytes
          && oldVaddr < mapping.range().endVaddr()) {
        there.add(mapping);
      }
    }
    forget(oldVaddr, sizeBytes);
    for (Mapping mapping : there) {
      long start = Math.max(mapping.range().startVaddr(), oldVaddr);
      long end = Math.min(mapping.range().endVaddr(), oldVaddr + sizeBytes);
      add(mapping.name(), newVaddr + (start - oldVaddr), end - start);
    }
  }

  /** Where a file of that name is mapped. */
  List<AddressRange> mappingsOf(String name) {
    List<AddressRange> ranges = new ArrayList<>();
    for (Mapping mapping : mappings) {
      if (mapping.name().equals(name)) {
        ranges.add(mapping.range());
      }
    }
    return ranges;
  }

  /** What of a range shows files. */
  List<AddressRange> mappingsIn(long vaddr, long sizeBytes) {
    List<AddressRange> ranges = new ArrayList<>();
    for (Mapping mapping : mappings) {
      long start = Math.max(vaddr, mapping.range().startVaddr());
      long end = Math.min(vaddr + sizeBytes, mapping.range().endVaddr());
      if (start < end) {
        ranges.add(new AddressRange(start, end));
      }
    }
    return ranges;
  }

  /**
   * The bytes of an open file as it is now, from an offset, at most {@code sizeBytes}: in a copy
   * below the sysroot. Empty if there are none, or the file is a device of zeros.
   */
  Optional<DataFile> content(int fd, String name, long offsetBytes, long sizeBytes)
      throws IOException {
    Path open = files.path(fd);
    BasicFileAttributes attributes = Files.readAttributes(open, BasicFileAttributes.class);
    if (!attributes.isRegularFile() || offsetBytes >= attributes.size()) {
      return Optional.empty();
    }
    Path copy = copy(open, name, attributes);
    long bytes = Math.min(sizeBytes, attributes.size() - offsetBytes);
    return Optional.of(new DataFile(name, copy, offsetBytes, bytes));
  }

  private Path copy(Path open, String name, BasicFileAttributes attributes) throws IOException {
    Version version =
        new Version(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
    Path copy = copies.get(version);
    if (copy == null) {
      copy = freePath(open, name);
      if (!Files.exists(copy)) {
        Files.createDirectories(copy.getParent());
        Files.copy(open, copy);
      }
      copies.put(version, copy);
    }
    return copy;
  }

  /** The file's own path below the sysroot, or one next to it if another version is there. */
  private Path freePath(Path open, String name) throws IOException {
    Path path = sysroot.resolve(name.replaceAll("^/+", "")).normalize();
    if (!path.startsWith(sysroot) || path.equals(sysroot)) {
      path = sysroot.resolve("unnamed");
    }
    Path free = path;
    for (int version = 2; Files.exists(free) && Files.mismatch(open, free) >= 0; version++) {
      free = path.resolveSibling(path.getFileName() + "." + version);
    }
    return free;
  }
}
