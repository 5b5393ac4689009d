package io.thaw.linker.format;

import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.ProblemLog;

/**
 * Intel HEX with 32-bit addresses, "Hexadecimal Object File Format Specification", revision A of
 * January 6, 1988: records 00, 01, 04 and 05.
 *
 * @param basePaddr what is taken from every physical address
 * @param sparse memory is zero before it is loaded: records of zeros are left out
 */
public record IntelHexFormat(long basePaddr, boolean sparse) implements ImageFormat {

  public IntelHexFormat {
    OptionChecks.base(basePaddr);
  }

  @Override
  public FormatKind kind() {
    return FormatKind.IHEX;
  }

  @Override
  public void checkFits(MemoryImage image) throws InvalidInputException {
    ProblemLog problems = new ProblemLog();
    FitChecks.addressesOf32Bits(image, kind(), basePaddr, problems);
    problems.throwIfAny();
  }
}
