package io.thaw.app.dump;

import io.thaw.linker.model.Vma;
import io.thaw.linker.problem.InvalidInputException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a mapping shows, by its name and the kernel's flags. */
final class MappingKind {

  /** Flags of {@code VmFlags}, proc(5), that say so. */
  private static final Map<String, String> UNSUPPORTED_FLAGS =
      new TreeMap<>(
          Map.of(
              "ht", "huge pages of hugetlbfs",
              "ss", "a shadow stack",
              "um", "memory of userfaultfd",
              "uw", "memory of userfaultfd",
              "io", "memory of a device",
              "pf", "memory of a device"));

  /** Beginnings of names that say so. */
  private static final Map<String, String> UNSUPPORTED_NAMES =
      new TreeMap<>(
          Map.of(
              "/[aio]", "a ring of asynchronous input and output",
              "/secretmem", "secret memory",
              "[uprobes]", "a page of uprobes",
              "anon_inode:", "memory of a kernel object",
              "socket:", "memory of a socket"));

  private MappingKind() {}

  /**
   * What is mapped; of what is behind a path only that it is no device yet.
   *
   * @throws InvalidInputException if it is something that cannot be dumped
   */
  static Vma.Kind of(ProcFiles files, Mapping mapping) throws InvalidInputException {
    Optional<String> reason = unsupported(mapping);
    if (reason.isPresent()) {
      throw files.refused(
          mapping.describe(), reason.get(), "anonymous memory, regular files, shared memory");
    }
    String name = mapping.name();
    if (name.startsWith("[vvar")) {
      return Vma.Kind.VVAR;
    }
    if (name.equals("[vdso]")) {
      return Vma.Kind.VDSO;
    }
    if (isSharedMemory(name)) {
      return Vma.Kind.SHARED_MEMORY;
    }
    // MAP_PRIVATE of /dev/zero is anonymous memory in other words.
    return mapping.inode() == 0 || name.equals("/dev/zero") ? Vma.Kind.ANONYMOUS : Vma.Kind.FILE;
  }

  private static boolean isSharedMemory(String name) {
    return name.equals("/dev/zero (deleted)")
        || name.startsWith("/memfd:")
        || name.startsWith("/SYSV")
        || name.startsWith("[anon_shmem:");
  }

  private static Optional<String> unsupported(Mapping mapping) {
    String name = mapping.name();
    if (name.startsWith("[vvar")) {
      return Optional.empty(); // a device to the kernel
    }
    Optional<String> byFlag =
        UNSUPPORTED_FLAGS.entrySet().stream()
            .filter(entry -> mapping.flags().contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    return byFlag
        .or(
            () ->
                UNSUPPORTED_NAMES.entrySet().stream()
                    .filter(entry -> name.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst())
        .map(reason -> name.isEmpty() ? reason : reason + " (" + name + ")");
  }
}
