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

  /** The lowest paddr that fits, a multiple of 2 MiB. */
  static long choose(Checkpoint checkpoint, Platform platform, PteFormat format)
      throws InvalidInputException {
    RamRange range = platform.ram().get(0);
    if (format.bootPage(range.startPaddr()).isEmpty()) {
      return range.startPaddr();
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
