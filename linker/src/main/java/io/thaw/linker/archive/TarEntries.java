package io.thaw.linker.archive;

import io.thaw.linker.model.DataFile;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Members of an uncompressed tar, as ranges of its file. Refuses sparse members when asked for
 * them.
 */
final class TarEntries implements Entries {

  private final Path tar;
  private final boolean isTemporary;
  private final TarMember.Folder root;

  private TarEntries(Path tar, boolean isTemporary, TarMember.Folder root) {
    this.tar = tar;
    this.isTemporary = isTemporary;
    this.root = root;
  }

  /**
   * Reads the headers of a tar.
   *
   * @param archive what users call it
   * @param isTemporary whether it is deleted in the end
   */
  static TarEntries read(String archive, Path tar, boolean isTemporary)
      throws InvalidInputException, IOException {
    return new TarEntries(tar, isTemporary, TarHeaders.read(archive, tar));
  }

  @Override
  public Kind kind(List<String> path) {
    TarMember member = member(path);
    if (member instanceof TarMember.Folder) {
      return Kind.FOLDER;
    }
    if (member instanceof TarMember.Link) {
      return Kind.LINK;
    }
    return member instanceof TarMember.Stored || member instanceof TarMember.Sparse
        ? Kind.FILE
        : Kind.ABSENT;
  }

  @Override
  public String linkTarget(List<String> path) {
    if (member(path) instanceof TarMember.Link link) {
      return link.target();
    }
    throw new IllegalArgumentException("no link: " + path);
  }

  @Override
  public DataFile file(List<String> path, String name) throws InvalidInputException {
    if (member(path) instanceof TarMember.Stored stored) {
      return new DataFile(name, tar, stored.startBytes(), stored.sizeBytes());
    }
    throw new InvalidInputException(
        name, "", "a sparse member", "members stored in full (tar without --sparse)");
  }

  @Override
  public List<String> list(List<String> path) {
    return member(path) instanceof TarMember.Folder folder
        ? List.copyOf(folder.members().keySet())
        : List.of();
  }

  @Override
  public void close() throws IOException {
    if (isTemporary) {
      Files.deleteIfExists(tar);
    }
  }

  private @Nullable TarMember member(List<String> path) {
    TarMember member = root;
    for (String name : path) {
      if (!(member instanceof TarMember.Folder folder)) {
        return null;
      }
      member = folder.member(name);
    }
    return member;
  }
}
