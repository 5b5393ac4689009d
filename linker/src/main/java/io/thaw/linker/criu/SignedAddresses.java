package io.thaw.linker.criu;

import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.Aarch64Registers.PacKeys;
import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.PageRun;
import io.thaw.linker.model.Protection;
import io.thaw.linker.model.ThreadState;
import io.thaw.linker.model.Vma;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Finds out where signatures of pointer authentication begin. They fill the bits from the end of an
 * address up to bit 54, and addresses have 48 bits or, where kernel and processor have them
 * (CONFIG_ARM64_VA_BITS_52, FEAT_LPA2), 52. No dump says which, but return addresses on the stack
 * do: with 52 bits none of the four below is ever set.
 */
final class SignedAddresses {

  private static final int BITS_WITH_LPA2 = 52;

  /** As far up as return addresses are looked for. */
  private static final long MOST_STACK_BYTES = 1 << 20;

  private static final int ADDRESS_BITS = PacKeys.USUAL_ADDRESS_BITS;
  private static final long ADDRESS = (1L << ADDRESS_BITS) - 1;
  private static final long LOWEST_SIGNATURE_BITS = 0xfL << ADDRESS_BITS;
  private static final long SIGNATURE_BITS = 0x7fL << ADDRESS_BITS;

  private final AddressSpace space;
  private long found;
  private long foundWithLowestBits;

  private SignedAddresses(AddressSpace space) {
    this.space = space;
  }

  /** The same threads, each with what the first one's stack tells of addresses. */
  static List<ThreadState> refine(List<ThreadState> threads, AddressSpace space)
      throws IOException {
    if (!(threads.get(0).registers() instanceof Aarch64Registers leader)
        || leader.pacKeys().isEmpty()) {
      return threads;
    }
    int bits = new SignedAddresses(space).addressBits(leader);
    return threads.stream().map(thread -> with(thread, bits)).toList();
  }

  private static ThreadState with(ThreadState thread, int bits) {
    return thread.registers() instanceof Aarch64Registers registers
        ? new ThreadState(thread.tid(), registers.withAddressBits(bits))
        : thread;
  }

  private int addressBits(Aarch64Registers registers) throws IOException {
    registers.x().forEach(this::look);
    Optional<Vma> stack = at(registers.sp());
    if (stack.isPresent()) {
      long start = registers.sp() & -Long.BYTES;
      lookAt(start, Math.min(stack.get().endVaddr(), start + MOST_STACK_BYTES));
    }
    return found > 0 && foundWithLowestBits * 2 < found ? BITS_WITH_LPA2 : ADDRESS_BITS;
  }

  private void lookAt(long start, long end) throws IOException {
    for (PageRun run : space.pages()) {
      if (run.content() instanceof PageRun.Stored stored && run.vaddr() < end) {
        long from = Math.max(start, run.vaddr());
        long to = Math.min(end, run.vaddr() + stored.sizeBytes());
        if (from < to) {
          lookAt(stored, from - run.vaddr(), Math.toIntExact(to - from));
        }
      }
    }
  }

  private void lookAt(PageRun.Stored stored, long offsetBytes, int sizeBytes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
    long at = stored.file().startBytes() + stored.offsetBytes() + offsetBytes;
    try (FileChannel channel = FileChannel.open(stored.file().path(), StandardOpenOption.READ)) {
      while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {}
    }
    bytes.flip();
    while (bytes.remaining() >= Long.BYTES) {
      look(bytes.getLong());
    }
  }

  /** Bit 55 parts the program's half from the kernel's, and those above it are a tag. */
  private void look(long word) {
    if ((word & SIGNATURE_BITS) == 0 || word >>> 55 != 0) {
      return;
    }
    if (at(word & ADDRESS).map(Vma::protection).filter(Protection::execute).isPresent()) {
      found++;
      if ((word & LOWEST_SIGNATURE_BITS) != 0) {
        foundWithLowestBits++;
      }
    }
  }

  private Optional<Vma> at(long vaddr) {
    List<Vma> vmas = space.vmas();
    int low = 0;
    int high = vmas.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (vmas.get(middle).endVaddr() > vaddr) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < vmas.size() && vmas.get(low).startVaddr() <= vaddr
        ? Optional.of(vmas.get(low))
        : Optional.empty();
  }
}
