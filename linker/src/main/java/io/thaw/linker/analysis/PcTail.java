package io.thaw.linker.analysis;

/** The last instructions of an interval, by pc, in order. */
public final class PcTail {

  private final long[] pcs;

  private PcTail(long[] pcs) {
    this.pcs = pcs;
  }

  /** A copy of {@code pcs}. */
  public static PcTail copyOf(long[] pcs) {
    return new PcTail(pcs.clone());
  }

  public int size() {
    return pcs.length;
  }

  public long pc(int index) {
    return pcs[index];
  }
}
