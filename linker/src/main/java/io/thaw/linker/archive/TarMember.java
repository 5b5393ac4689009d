package io.thaw.linker.archive;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a name in a tar stands for. */
sealed interface TarMember {

  /** A folder, with or without a member of its own; the names in it, sorted. */
  record Folder(TreeMap<String, TarMember> members) implements TarMember {

    Folder() {
      this(new TreeMap<>());
    }

    @Nullable TarMember member(String name) {
      return members.get(name);
    }
  }

  /** A file stored in one piece. */
  record Stored(long startBytes, long sizeBytes) implements TarMember {}

  /** A symbolic link. */
  record Link(String target) implements TarMember {}

  /** A file stored without its holes. */
  record Sparse() implements TarMember {}

  /** A device, a pipe and so on. */
  record Other() implements TarMember {}
}
