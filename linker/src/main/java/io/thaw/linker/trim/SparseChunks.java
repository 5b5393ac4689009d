package io.thaw.linker.trim;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.plan.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Chunks of memory whose longer runs of zeros are not stored. */
final class SparseChunks {

  /** Runs begin and end at multiples of this. */
  private static final int UNIT_BYTES = 16;

  /** What a program header and its alignment cost at most. */
  private static final int LEAST_ZEROS = 96;

  private final List<Chunk> chunks = new ArrayList<>();
  private long storedBytes;

  /** Adds bytes at a paddr that is a multiple of 16, as is their number. */
  void add(long paddr, byte[] bytes) {
    int done = 0;
    int at = 0;
    while (at < bytes.length) {
      int zeros = zerosFrom(bytes, at);
      if (zeros >= LEAST_ZEROS || at + zeros == bytes.length) {
        addMade(paddr, bytes, done, at);
        chunks.add(new Chunk.Zeros(paddr + at, zeros));
        at += zeros;
        done = at;
      } else {
        at += Math.max(zeros, UNIT_BYTES);
      }
    }
    addMade(paddr, bytes, done, Math.min(at, bytes.length));
  }

  private static int zerosFrom(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] == 0) {
      end++;
    }
    return end == bytes.length ? end - start : (end - start) / UNIT_BYTES * UNIT_BYTES;
  }

  private void addMade(long paddr, byte[] bytes, int from, int to) {
    if (from < to) {
      chunks.add(
          new Chunk.Made(paddr + from, ByteBlock.copyOf(Arrays.copyOfRange(bytes, from, to))));
      storedBytes += to - from;
    }
  }

  long storedBytes() {
    return storedBytes;
  }

  /** All chunks in ascending order. */
  List<Chunk> sorted() {
    chunks.removeIf(chunk -> chunk.sizeBytes() == 0);
    chunks.sort(Comparator.comparingLong(Chunk::paddr));
    return chunks;
  }
}
