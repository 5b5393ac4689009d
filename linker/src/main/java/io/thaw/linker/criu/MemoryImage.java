package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.Mm;
import io.thaw.linker.criu.proto.ResourceLimits;
import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.Auxv;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code mm-PID.img} of a process and what depends on it.
 *
 * @param file its name, for messages
 * @param pid the process
 * @param mm the message
 * @param auxv the auxiliary vector
 * @param pageSizeBytes what the auxiliary vector says of the page size
 */
record MemoryImage(String file, String pid, Mm mm, Auxv auxv, long pageSizeBytes) {

  private static final int RLIMIT_STACK = 3;
  private static final long DEFAULT_STACK_LIMIT_BYTES = 8L << 20;

  /** As good as unlimited, which is -1 in the dump. */
  private static final long MAX_STACK_LIMIT_BYTES = 1L << 40;

  private static final long MIN_PAGE_SIZE_BYTES = 4 << 10;
  private static final long MAX_PAGE_SIZE_BYTES = 64 << 10;

  static MemoryImage read(DumpFolder folder, String pid, Architecture architecture)
      throws InvalidInputException, IOException {
    String image = "mm-" + pid + ".img";
    Mm mm = folder.readOne(image, ImageKind.MM, Mm.parser());
    String file = folder.get(image).name();
    Auxv auxv = auxv(mm);
    checkAddresses(file, mm, architecture);
    return new MemoryImage(file, pid, mm, auxv, pageSize(file, architecture, auxv));
  }

  /** Pairs of type and value; some architectures leave out the pair of zeros at the end. */
  private static Auxv auxv(Mm mm) {
    Map<Long, Long> values = new HashMap<>();
    for (int i = 0; i + 1 < mm.getSavedAuxvCount() && mm.getSavedAuxv(i) != 0; i += 2) {
      values.put(mm.getSavedAuxv(i), mm.getSavedAuxv(i + 1));
    }
    return new Auxv(values);
  }

  private static long pageSize(String file, Architecture architecture, Auxv auxv)
      throws InvalidInputException {
    long sizeBytes = auxv.get(Auxv.AT_PAGESZ).orElse(0);
    long mostBytes =
        architecture == Architecture.AARCH64 ? MAX_PAGE_SIZE_BYTES : MIN_PAGE_SIZE_BYTES;
    if (sizeBytes < MIN_PAGE_SIZE_BYTES || sizeBytes > mostBytes || Long.bitCount(sizeBytes) != 1) {
      throw new InvalidInputException(
          file,
          "mm_saved_auxv",
          auxv.get(Auxv.AT_PAGESZ).isEmpty()
              ? "no AT_PAGESZ"
              : "AT_PAGESZ of " + Long.toUnsignedString(sizeBytes) + " bytes",
          mostBytes == MIN_PAGE_SIZE_BYTES
              ? "4096 bytes"
              : "a power of two from " + MIN_PAGE_SIZE_BYTES + " to " + mostBytes + " bytes");
    }
    return sizeBytes;
  }

  private static void checkAddresses(String file, Mm mm, Architecture architecture)
      throws InvalidInputException {
    long end = architecture.userSpaceEndVaddr();
    if (Long.compareUnsigned(mm.getStartBrk(), mm.getBrk()) > 0
        || Long.compareUnsigned(mm.getBrk(), end) > 0) {
      throw new InvalidInputException(
          file,
          "mm_start_brk, mm_brk",
          String.format("0x%x, 0x%x", mm.getStartBrk(), mm.getBrk()),
          String.format("ascending addresses up to 0x%x", end));
    }
    if (Long.compareUnsigned(mm.getStartStack(), end) > 0) {
      throw new InvalidInputException(
          file,
          "mm_start_stack",
          String.format("0x%x", mm.getStartStack()),
          String.format("an address up to 0x%x", end));
    }
  }

  /** The address space, with the mappings and the pages put in. */
  AddressSpace addressSpace(Mappings.Result mappings, List<PageRun> pages, ResourceLimits limits) {
    return new AddressSpace(
        mappings.vmas(),
        pages,
        mm.getStartBrk(),
        mm.getBrk(),
        mm.getStartStack(),
        stackLimitBytes(limits));
  }

  private static long stackLimitBytes(ResourceLimits limits) {
    if (limits.getLimitsCount() <= RLIMIT_STACK) {
      return DEFAULT_STACK_LIMIT_BYTES;
    }
    long limitBytes = limits.getLimits(RLIMIT_STACK).getCurrent();
    return Long.compareUnsigned(limitBytes, MAX_STACK_LIMIT_BYTES) > 0
        ? MAX_STACK_LIMIT_BYTES
        : limitBytes;
  }
}
