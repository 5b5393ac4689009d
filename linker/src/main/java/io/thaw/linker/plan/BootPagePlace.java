package io.thaw.linker.plan;

import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Vma;
import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.RamRange;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.stubs.CompiledStub;

/**
 * Where the stub goes. Where its first page executes at its paddr while the program's page tables
 * are already on, the program must have nothing at that vaddr.
 */
final class BootPagePlace {

  /** The 32-bit part of the restore path reaches no further. */
  private static final long LIMIT_PADDR = 1L << 32;

  private BootPagePlace() {}

  /**
   * The lowest paddr that fits, a multiple of 2 MiB.
   *
   * @param entryOffsetBytes where the processor enters the stub
   */
  static long choose(
      Checkpoint checkpoint, Platform platform, PteFormat format, int entryOffsetBytes)
      throws InvalidInputException {
    RamRange range = platform.ram().get(0);
    boolean anywhere = format.bootPage(range.startPaddr()).isEmpty();
    if (platform.entryPaddr().isPresent()) {
      long paddr = platform.entryPaddr().getAsLong() - entryOffsetBytes;
      checkEntry(checkpoint, platform, paddr, anywhere, entryOffsetBytes);
      return paddr;
    }
    if (anywhere) {
      return range.startPaddr();
    }
    if (range.startPaddr() >= LIMIT_PADDR) {
      throw new InvalidInputException(
          "platform " + platform.name(),
          "ram",
          String.format("nothing below 0x%x", range.startPaddr()),
          "a first range that begins below 4 GiB");
    }
    long end = Math.min(range.endPaddr(), LIMIT_PADDR);
    for (long paddr = range.startPaddr();
        paddr + StubAddresses.STUB_BLOCK_SIZE_BYTES <= end;
        paddr += StubAddresses.STUB_BLOCK_SIZE_BYTES) {
      if (isFree(checkpoint.addressSpace(), paddr)) {
        return paddr;
      }
    }
    throw new InvalidInputException(
        checkpoint.source(),
        "mappings",
        String.format("all of 0x%x to 0x%x in use", range.startPaddr(), end),
        "one page in it that the program does not use, for the restore path");
  }

  private static void checkEntry(
      Checkpoint checkpoint, Platform platform, long paddr, boolean anywhere, int entryOffsetBytes)
      throws InvalidInputException {
    if (paddr % StubAddresses.STUB_BLOCK_SIZE_BYTES != 0
        || paddr < platform.ram().get(0).startPaddr()) {
      throw new InvalidInputException(
          "platform " + platform.name(),
          "entry",
          String.format("0x%x", platform.entryPaddr().getAsLong()),
          String.format(
              "in RAM, and 0x%x above a multiple of 2 MiB, which is how far into the stub its entry"
                  + " is",
              entryOffsetBytes));
    }
    if (!anywhere && !isFree(checkpoint.addressSpace(), paddr)) {
      throw new InvalidInputException(
          checkpoint.source(),
          "mappings",
          String.format("0x%x in use", paddr),
          "a program that does not use that page, where platform "
              + platform.name()
              + " has its entry");
    }
  }

  private static boolean isFree(AddressSpace space, long paddr) {
    long end = paddr + CompiledStub.BOOT_PAGE_SIZE_BYTES;
    for (Vma vma : space.vmas()) {
      long start = vma.growsDown() ? vma.endVaddr() - space.stackLimitBytes() : vma.startVaddr();
      if (Long.compareUnsigned(Math.min(start, vma.startVaddr()), end) < 0
          && Long.compareUnsigned(paddr, vma.endVaddr()) < 0) {
        return false;
      }
    }
    return true;
  }
}
