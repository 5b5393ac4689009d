package io.thaw.app.record;

import io.thaw.app.ptrace.MappedRange;
import io.thaw.app.ptrace.RemoteCalls;
import io.thaw.app.ptrace.Tracee;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Zero pages in place of the vDSO's data, so that it finds no clock there and makes real system
 * calls: an image has zeros there too. The kernel's pages are moved aside and come back at the end.
 */
final class VdsoDetour {

  private static final long PROT_NONE = 0;
  private static final long PROT_READ = 1;
  private static final long MAP_PRIVATE_ANONYMOUS = 0x22;
  private static final long MAP_FIXED = 0x10;
  private static final long MREMAP_MAYMOVE_FIXED = 3;

  private final int pid;
  private final RemoteCalls calls;
  private final CallNumbers numbers;
  private final List<Moved> moved = new ArrayList<>();

  private record Moved(long vaddr, long sizeBytes, long asideVaddr) {}

  VdsoDetour(Tracee tracee, RemoteCalls calls) {
    this.pid = tracee.pid();
    this.calls = calls;
    this.numbers = CallNumbers.of(tracee.architecture());
  }

  /** Puts zero pages in place. */
  void make() throws IOException {
    for (MappedRange range : MappedRange.ofProcess(pid)) {
      if (range.isVdsoData()) {
        replace(range);
      }
    }
  }

  private void replace(MappedRange range) throws IOException {
    long aside =
        checked(
            "mmap",
            calls.call(
                numbers.mmap(), 0, range.sizeBytes(), PROT_NONE, MAP_PRIVATE_ANONYMOUS, -1, 0));
    move(range.startVaddr(), range.sizeBytes(), aside);
    checked(
        "mmap",
        calls.call(
            numbers.mmap(),
            range.startVaddr(),
            range.sizeBytes(),
            PROT_READ,
            MAP_PRIVATE_ANONYMOUS | MAP_FIXED,
            -1,
            0));
    moved.add(new Moved(range.startVaddr(), range.sizeBytes(), aside));
  }

  /** Puts the kernel's pages back. */
  void undo() throws IOException {
    for (Moved range : moved) {
      move(range.asideVaddr(), range.sizeBytes(), range.vaddr());
    }
    moved.clear();
  }

  /** Addresses of the zero pages. */
  List<AddressRange> zeroPages() {
    return moved.stream().map(m -> new AddressRange(m.vaddr(), m.vaddr() + m.sizeBytes())).toList();
  }

  /** Addresses of the kernel's pages, which are none of the program's. */
  List<AddressRange> kernelPages() {
    return moved.stream()
        .map(m -> new AddressRange(m.asideVaddr(), m.asideVaddr() + m.sizeBytes()))
        .toList();
  }

  private void move(long from, long sizeBytes, long to) throws IOException {
    checked(
        "mremap",
        calls.call(numbers.mremap(), from, sizeBytes, sizeBytes, MREMAP_MAYMOVE_FIXED, to));
  }

  private static long checked(String call, long result) throws IOException {
    if (result < 0 && result > -4096) {
      throw new IOException(call + " inside the process failed with error " + -result);
    }
    return result;
  }
}
