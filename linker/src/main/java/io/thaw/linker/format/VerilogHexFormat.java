package io.thaw.linker.format;

import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.ProblemLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Text for {@code $readmemh}, IEEE 1364-2005 section 17.2.8: words as hexadecimal numbers,
 * {@code @} and an address where they do not follow each other, comments.
 *
 * @param wordBytes width of the memory in bytes, a power of two up to {@value #MAX_WORD_BYTES}
 * @param wordOrder which byte of a word is at the lowest address
 * @param fill the bytes of a word that no segment has, 0 to 255
 * @param basePaddr the physical address of the memory's first word; a multiple of {@code wordBytes}
 * @param addressUnit what the addresses in the file count
 * @param banks files that take turns word by word, a power of two up to {@value #MAX_BANKS}
 * @param sparse memory is zero before it is loaded: words that are zero are left out
 */
public record VerilogHexFormat(
    int wordBytes,
    WordOrder wordOrder,
    int fill,
    long basePaddr,
    AddressUnit addressUnit,
    int banks,
    boolean sparse)
    implements ImageFormat {

  /** 1024 bits. */
  public static final int MAX_WORD_BYTES = 128;

  /** Most files for an image. */
  public static final int MAX_BANKS = 256;

  public VerilogHexFormat {
    Objects.requireNonNull(wordOrder);
    Objects.requireNonNull(addressUnit);
    OptionChecks.powerOfTwo("bytes in a word", wordBytes, MAX_WORD_BYTES);
    OptionChecks.powerOfTwo("banks", banks, MAX_BANKS);
    OptionChecks.fill(fill, sparse);
    OptionChecks.base(basePaddr);
    if (basePaddr % wordBytes != 0) {
      throw OptionChecks.refused(
          String.format("address base 0x%x", basePaddr),
          "a multiple of the word's " + wordBytes + " bytes");
    }
  }

  @Override
  public FormatKind kind() {
    return FormatKind.HEX;
  }

  @Override
  public void checkFits(MemoryImage image) throws InvalidInputException {
    ProblemLog problems = new ProblemLog();
    FitChecks.base(image, basePaddr, problems);
    problems.throwIfAny();
  }

  /** {@code output}, or if there are several banks {@code output.0}, {@code output.1} and so on. */
  @Override
  public List<Path> files(Path output) {
    return banks == 1
        ? List.of(output)
        : IntStream.range(0, banks)
            .mapToObj(bank -> output.resolveSibling(output.getFileName() + "." + bank))
            .toList();
  }
}
