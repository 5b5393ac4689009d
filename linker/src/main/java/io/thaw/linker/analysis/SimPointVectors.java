package io.thaw.linker.analysis;

import java.io.IOException;
import java.util.TreeMap;

/**
 * Basic-block vectors as SimPoint reads them, version 3.2: a line for each slice, {@code T}, then
 * {@code :BLOCK:INSTRUCTIONS} and a space for each block, in ascending order of their numbers.
 */
public final class SimPointVectors {

  private SimPointVectors() {}

  /** Writes all vectors. */
  public static void write(BlockVectors vectors, Appendable out) throws IOException {
    for (int i = 0; i < vectors.sliceCount(); i++) {
      TreeMap<Integer, Long> vector = new TreeMap<>();
      vectors.forEach(i, vector::put);
      StringBuilder line = new StringBuilder("T");
      vector.forEach(
          (block, instructions) ->
              line.append(':').append(block).append(':').append(instructions).append(' '));
      out.append(line).append('\n');
    }
  }
}
