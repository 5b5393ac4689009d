package io.thaw.linker.analysis;

import java.nio.LongBuffer;
import java.util.List;

/**
 * Basic-block vectors: how many instructions of each block each slice of an interval executed. A
 * block begins where the interval does, behind a jump, call, return or trap, and wherever an
 * instruction is not the one behind the last one in memory; it is known by its first instruction.
 * Blocks have numbers from 1 on.
 */
public final class BlockVectors {

  /** There are none. */
  public static final BlockVectors NONE = new BlockVectors(0, LongBuffer.allocate(0), List.of());

  private final long sliceInstructions;
  private final LongBuffer blockPcs;
  private final List<LongBuffer> slices;

  /**
   * @param blockPcs of the first instructions, by number, from 1 on
   * @param slices pairs of the number of a block and instructions
   */
  BlockVectors(long sliceInstructions, LongBuffer blockPcs, List<LongBuffer> slices) {
    this.sliceInstructions = sliceInstructions;
    this.blockPcs = blockPcs.asReadOnlyBuffer();
    this.slices = slices.stream().map(LongBuffer::asReadOnlyBuffer).toList();
  }

  /** Gets an element of a vector. */
  @FunctionalInterface
  public interface ElementVisitor {
    void element(int block, long instructions);
  }

  /** User instructions of each slice; the last one may have fewer. 0 if there are no vectors. */
  public long sliceInstructions() {
    return sliceInstructions;
  }

  public int sliceCount() {
    return slices.size();
  }

  public int blockCount() {
    return blockPcs.limit();
  }

  /** The first instruction of a block. */
  public long blockPc(int block) {
    return blockPcs.get(block - 1);
  }

  /** The vector of a slice, of blocks that executed something, in no order. */
  public void forEach(int slice, ElementVisitor visitor) {
    LongBuffer pairs = slices.get(slice);
    for (int i = 0; i < pairs.limit(); i += 2) {
      if (pairs.get(i + 1) != 0) {
        visitor.element((int) pairs.get(i), pairs.get(i + 1));
      }
    }
  }
}
