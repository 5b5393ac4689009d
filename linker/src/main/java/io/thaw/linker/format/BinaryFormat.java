package io.thaw.linker.format;

import io.thaw.linker.image.ImageDescription.Segment;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.ProblemLog;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The bytes of memory from an address on, as {@code objcopy -O binary}, but with the zeros at the
 * end.
 *
 * @param basePaddr address of the first byte; the lowest segment's if empty
 * @param fill what is between segments, 0 to 255
 * @param sparse memory is zero before it is loaded: the zeros at the end are left out
 */
public record BinaryFormat(OptionalLong basePaddr, int fill, boolean sparse)
    implements ImageFormat {

  /** A larger gap is refused: most likely RAM of several ranges, which takes several files. */
  private static final long MAX_GAP_BYTES = 256L << 20;

  public BinaryFormat {
    Objects.requireNonNull(basePaddr);
    OptionChecks.fill(fill, sparse);
    basePaddr.ifPresent(OptionChecks::base);
  }

  @Override
  public FormatKind kind() {
    return FormatKind.BIN;
  }

  /** The address of the first byte of a file of {@code image}. */
  public long basePaddr(MemoryImage image) {
    return basePaddr.orElse(image.startPaddr());
  }

  @Override
  public void checkFits(MemoryImage image) throws InvalidInputException {
    ProblemLog problems = new ProblemLog();
    FitChecks.base(image, basePaddr(image), problems);
    long end = basePaddr(image);
    for (Segment segment : image.segments()) {
      if (segment.paddr() - end > MAX_GAP_BYTES) {
        problems.add(
            image.name(),
            "segments",
            String.format("a gap of 0x%x bytes below 0x%x", segment.paddr() - end, segment.paddr()),
            String.format(
                "0x%x at most in format bin; another base, or hex, ihex, srec", MAX_GAP_BYTES));
      }
      end = segment.endPaddr();
    }
    problems.throwIfAny();
  }
}
