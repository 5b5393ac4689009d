package io.thaw.linker.format;

import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.image.ImageDescription.Segment;
import io.thaw.linker.image.ImageReader;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a loader puts into memory for an image: ranges of physical addresses, each with bytes from a
 * file and zeros behind them. Ascending, disjoint, at least one; no address reaches 2^63.
 */
public final class MemoryImage {

  private final String name;
  private final Path file;
  private final long entryPaddr;
  private final List<Segment> segments;

  private MemoryImage(String name, Path file, long entryPaddr, List<Segment> segments) {
    this.name = name;
    this.file = file;
    this.entryPaddr = entryPaddr;
    this.segments = List.copyOf(segments);
  }

  /**
   * The memory of an image.
   *
   * @param file the ELF file
   * @param name what problems call it
   * @throws InvalidInputException as {@link ImageReader#read}, or if its segments overlap
   */
  public static MemoryImage read(Path file, String name) throws InvalidInputException, IOException {
    ImageDescription image = ImageReader.read(file);
    return of(name, file, image.entryPaddr(), image.segments());
  }

  /**
   * Memory whose bytes are in {@code file} at the segments' offsets.
   *
   * @throws InvalidInputException if there is none, or segments overlap
   */
  static MemoryImage of(String name, Path file, long entryPaddr, List<Segment> segments)
      throws InvalidInputException {
    List<Segment> sorted = new ArrayList<>(segments);
    sorted.removeIf(segment -> segment.memorySizeBytes() == 0);
    sorted.sort(Comparator.comparingLong(Segment::paddr));
    if (sorted.isEmpty()) {
      throw new InvalidInputException(name, "segments", "none", "one or more");
    }
    long end = 0;
    for (Segment segment : sorted) {
      if (segment.paddr() < end || segment.endPaddr() < segment.paddr()) {
        throw new InvalidInputException(
            name,
            "segments",
            String.format("0x%x to 0x%x", segment.paddr(), segment.endPaddr()),
            String.format("a range within 0x%x to 0x%x", end, Long.MAX_VALUE));
      }
      end = segment.endPaddr();
    }
    return new MemoryImage(name, file, entryPaddr, sorted);
  }

  /** What problems call it. */
  public String name() {
    return name;
  }

  /** The file that has the bytes. */
  Path file() {
    return file;
  }

  /** Where a processor enters it. */
  public long entryPaddr() {
    return entryPaddr;
  }

  /** From bottom to top. */
  public List<Segment> segments() {
    return segments;
  }

  /** The lowest address. */
  public long startPaddr() {
    return segments.get(0).paddr();
  }

  /** The first address behind the highest segment. */
  public long endPaddr() {
    return segments.get(segments.size() - 1).endPaddr();
  }
}
