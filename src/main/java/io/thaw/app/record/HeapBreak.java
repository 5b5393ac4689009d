package io.thaw.app.record;

import io.thaw.app.record.calls.EffectSink;

/** The end of the brk heap, which a call changes without saying what it was before. */
final class HeapBreak {

  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;

  private final long pageSizeBytes;
  private long vaddr;

  HeapBreak(long vaddr, long pageSizeBytes) {
    this.vaddr = vaddr;
    this.pageSizeBytes = pageSizeBytes;
  }

  /** Tells {@code sink} which whole pages came or went. */
  void move(long newVaddr, EffectSink sink) {
    long oldEnd = pageEnd(vaddr);
    long newEnd = pageEnd(newVaddr);
    if (newEnd > oldEnd) {
      sink.mapped(oldEnd, newEnd - oldEnd, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
    } else {
      sink.unmapped(newEnd, oldEnd - newEnd);
    }
    vaddr = newVaddr;
  }

  private long pageEnd(long address) {
    return (address + pageSizeBytes - 1) & -pageSizeBytes;
  }
}
