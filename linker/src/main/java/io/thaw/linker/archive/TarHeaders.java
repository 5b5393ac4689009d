package io.thaw.linker.archive;

import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * Reads the headers of an uncompressed tar (POSIX ustar and pax, GNU) into a tree of its members.
 * Of members with one name the last counts, as when the archive is unpacked. An archive has to have
 * its end mark: one cut off between two members would else look whole.
 */
final class TarHeaders {

  /** PATH_MAX of Linux, for names and for targets of links. */
  private static final int MAX_PATH_LENGTH = 4096;

  /** Members, and folders above them that are no members. */
  private static final int MAX_MEMBERS = 200_000;

  private final String archive;
  private final TarMember.Folder root = new TarMember.Folder();
  private int memberCount;
  private long endBytes;

  private TarHeaders(String archive) {
    this.archive = archive;
  }

  /**
   * The root folder of a tar.
   *
   * @param archive what users call it
   * @throws InvalidInputException if a header is damaged, or the archive is not whole
   */
  static TarMember.Folder read(String archive, Path tar) throws InvalidInputException, IOException {
    TarHeaders headers = new TarHeaders(archive);
    try (FileChannel channel = FileChannel.open(tar, StandardOpenOption.READ)) {
      long sizeBytes = channel.size();
      for (TarArchiveEntry entry : entries(archive, channel)) {
        headers.add(entry, sizeBytes);
      }
      if (sizeBytes - headers.endBytes < TarConstants.DEFAULT_RCDSIZE) {
        throw headers.refused(
            "offset 0x" + Long.toHexString(headers.endBytes),
            "the end of the file",
            "a block of zeros, which ends an archive");
      }
    }
    return headers.root;
  }

  private static List<TarArchiveEntry> entries(String archive, FileChannel channel)
      throws InvalidInputException {
    // Not closed here: that would close the channel.
    try {
      @SuppressWarnings("resource")
      TarFile file =
          new TarFile(
              new HeaderChannel(channel),
              TarConstants.DEFAULT_BLKSIZE,
              TarConstants.DEFAULT_RCDSIZE,
              StandardCharsets.UTF_8.name(),
              /* lenient= */ false);
      return file.getEntries();
    } catch (IOException | RuntimeException e) {
      // The library tells of damaged headers by either.
      throw new InvalidInputException(
          archive, "", "a damaged or truncated tar (" + e.getMessage() + ")", "a whole tar");
    }
  }

  private void add(TarArchiveEntry entry, long archiveSizeBytes) throws InvalidInputException {
    String name = entry.getName();
    checkLength(name);
    List<String> path = PathNames.split(name);
    if (path.contains("..")) {
      throw refused("member " + name, "a name that leads out of the archive", "names inside it");
    }
    TarMember member = member(entry, archiveSizeBytes);
    if (path.isEmpty()) {
      return; // "./", the root itself
    }
    TarMember.Folder folder = root;
    for (String parent : path.subList(0, path.size() - 1)) {
      folder = folder(folder, parent);
    }
    String last = path.get(path.size() - 1);
    if (member instanceof TarMember.Folder) {
      folder(folder, last);
    } else {
      count();
      folder.members().put(last, member);
    }
  }

  private TarMember.Folder folder(TarMember.Folder parent, String name)
      throws InvalidInputException {
    if (parent.member(name) instanceof TarMember.Folder folder) {
      return folder;
    }
    count();
    TarMember.Folder folder = new TarMember.Folder();
    parent.members().put(name, folder);
    return folder;
  }

  private TarMember member(TarArchiveEntry entry, long archiveSizeBytes)
      throws InvalidInputException {
    if (entry.isDirectory()) {
      return new TarMember.Folder();
    }
    if (entry.isSymbolicLink()) {
      checkLength(entry.getLinkName());
      return new TarMember.Link(entry.getLinkName());
    }
    if (entry.isLink()) {
      return hardLinked(entry);
    }
    long startBytes = entry.getDataOffset();
    long sizeBytes = entry.getSize();
    if (sizeBytes < 0 || startBytes < 0 || startBytes > archiveSizeBytes - sizeBytes) {
      throw refused(
          "member " + entry.getName(),
          "a size of " + sizeBytes + " bytes",
          "at most " + Math.max(archiveSizeBytes - startBytes, 0) + ", the rest of the archive");
    }
    long block = TarConstants.DEFAULT_RCDSIZE;
    long paddedEnd = (startBytes + sizeBytes + block - 1) / block * block;
    endBytes = Math.max(endBytes, paddedEnd);
    if (entry.isSparse()) {
      return new TarMember.Sparse();
    }
    // The library calls devices and queues files too.
    boolean isStored =
        entry.isFile() && !entry.isFIFO() && !entry.isBlockDevice() && !entry.isCharacterDevice();
    return isStored ? new TarMember.Stored(startBytes, sizeBytes) : new TarMember.Other();
  }

  /**
   * A hard link is another name for a member before it, which it names from the root of the
   * archive. If there is none it leads nowhere.
   */
  private TarMember hardLinked(TarArchiveEntry entry) throws InvalidInputException {
    checkLength(entry.getLinkName());
    TarMember member = root;
    for (String name : PathNames.split(entry.getLinkName())) {
      member = member instanceof TarMember.Folder folder ? folder.member(name) : null;
    }
    return member == null || member instanceof TarMember.Folder
        ? new TarMember.Link("/" + entry.getLinkName())
        : member;
  }

  private void count() throws InvalidInputException {
    if (++memberCount > MAX_MEMBERS) {
      throw refused("", "more members", "at most " + MAX_MEMBERS + " members");
    }
  }

  private void checkLength(String path) throws InvalidInputException {
    if (path.length() > MAX_PATH_LENGTH) {
      throw refused(
          "member " + path.substring(0, 40) + "...",
          "a name of " + path.length() + " characters",
          "at most " + MAX_PATH_LENGTH);
    }
  }

  private InvalidInputException refused(String record, String found, String acceptable) {
    return new InvalidInputException(archive, record, found, acceptable);
  }
}
