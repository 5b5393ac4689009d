package io.thaw.app.dump;

import io.thaw.linker.model.linux.MappingDetails;
import java.util.Map;

/** The kernel's flags of a mapping in the numbers of mmap(2), madvise(2) and open(2). */
final class MappingFlags {

  private static final int MAP_SHARED = 1;
  private static final int MAP_PRIVATE = 2;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final int O_RDWR = 2;

  /** MAP_GROWSDOWN, MAP_LOCKED, MAP_NORESERVE. */
  private static final Map<String, Integer> MAP_FLAGS =
      Map.of("gd", 0x100, "lo", 0x2000, "nr", 0x4000);

  /** MADV_RANDOM, SEQUENTIAL, DONTFORK, MERGEABLE, HUGEPAGE, NOHUGEPAGE, DONTDUMP. */
  private static final Map<String, Integer> ADVICE =
      Map.of("rr", 1, "sr", 2, "dc", 10, "mg", 12, "hg", 14, "nh", 15, "dd", 16);

  private MappingFlags() {}

  static MappingDetails details(Mapping mapping) {
    int flags =
        (mapping.shared() ? MAP_SHARED : MAP_PRIVATE) | (mapping.inode() == 0 ? MAP_ANONYMOUS : 0);
    long advice = 0;
    for (String flag : mapping.flags()) {
      flags |= MAP_FLAGS.getOrDefault(flag, 0);
      if (ADVICE.containsKey(flag)) {
        advice |= 1L << ADVICE.get(flag);
      }
    }
    // The file of a shared mapping is open for writing if the mapping may become writable.
    int openFlags = mapping.shared() && mapping.flags().contains("mw") ? O_RDWR : 0;
    return new MappingDetails(mapping.startVaddr(), mapping.endVaddr(), flags, advice, openFlags);
  }
}
