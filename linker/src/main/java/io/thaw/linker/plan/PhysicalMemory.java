package io.thaw.linker.plan;

import io.thaw.linker.platform.Platform;
import io.thaw.linker.platform.RamRange;
import io.thaw.linker.problem.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** Hands out the platform's RAM from the bottom, each piece right behind the one before. */
final class PhysicalMemory {

  /** A piece of RAM. */
  record Piece(long paddr, long sizeBytes) {}

  private final Platform platform;
  private final String source;
  private int range;
  private long nextPaddr;

  /**
   * RAM from {@code startPaddr} on, which is in the platform's first range.
   *
   * @param source what the RAM is for, for the message when it is too small
   */
  PhysicalMemory(Platform platform, String source, long startPaddr) {
    this.platform = platform;
    this.source = source;
    this.nextPaddr = startPaddr;
  }

  /** Where the next piece would begin. */
  long nextPaddr() {
    return nextPaddr;
  }

  /** Makes the next piece begin at a multiple of {@code unit}, a power of two up to 64 KiB. */
  void align(long unit) {
    nextPaddr = (nextPaddr + unit - 1) & -unit;
  }

  /** One piece without a break. Goes on to the next range if this one has no room. */
  Piece takeContiguous(long sizeBytes) throws InvalidInputException {
    while (range().endPaddr() - nextPaddr < sizeBytes) {
      nextRange("%d MiB in one piece that do not fit", sizeBytes);
    }
    Piece piece = new Piece(nextPaddr, sizeBytes);
    nextPaddr += sizeBytes;
    return piece;
  }

  /** Pieces of {@code sizeBytes} in all, each a multiple of {@code unit}. */
  List<Piece> take(long sizeBytes, long unit) throws InvalidInputException {
    List<Piece> pieces = new ArrayList<>();
    long wanted = sizeBytes;
    while (wanted > 0) {
      long room = (range().endPaddr() - nextPaddr) & -unit;
      if (room <= 0) {
        nextRange("%d MiB more than fit", wanted);
        continue;
      }
      Piece piece = takeContiguous(Math.min(room, wanted));
      pieces.add(piece);
      wanted -= piece.sizeBytes();
    }
    return pieces;
  }

  private RamRange range() {
    return platform.ram().get(range);
  }

  private void nextRange(String found, long wantedBytes) throws InvalidInputException {
    if (range + 1 == platform.ram().size()) {
      throw new InvalidInputException(
          source,
          "memory",
          String.format(found, (wantedBytes + (1 << 20) - 1) >> 20),
          String.format(
              "at most %d MiB of RAM on platform %s",
              platform.ramSizeBytes() >> 20, platform.name()));
    }
    range++;
    nextPaddr = range().startPaddr();
  }
}
